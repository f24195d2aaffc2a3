import { Menu } from "@mantine/core";
import { IconLink } from "@tabler/icons-react";
import { useReactFlow } from "@xyflow/react";
import { useTranslation } from "react-i18next";

import { linkToStep, linkToView } from "./links";
import { useCopyLink } from "./useCopyLink";

/** In a menu: to copy a link to a step, or (null) to what is on the screen. */
export function LinkItem({ node }: { node: string | null }) {
  const { t } = useTranslation("reading");
  const copy = useCopyLink();
  const flow = useReactFlow();
  const link = () =>
    node === null ? linkToView(window.location.href, flow.getViewport()) : linkToStep(window.location.href, node);
  return (
    <Menu.Item leftSection={<IconLink size={16} />} onClick={() => copy(link())}>
      {t(node === null ? "link.view" : "link.step")}
    </Menu.Item>
  );
}
