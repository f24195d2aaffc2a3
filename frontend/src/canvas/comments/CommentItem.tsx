import { Menu } from "@mantine/core";
import { IconMessage } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";

import { useCan } from "@/api/session";
import { useTogether } from "@/canvas/together/TogetherContext";

/** In a step's menu: to say something about it. */
export function CommentItem({ node }: { node: string }) {
  const { t } = useTranslation("together");
  const { showTalk } = useTogether();
  const may = useCan()("automations.comment");
  return (
    may && (
      <Menu.Item leftSection={<IconMessage size={16} />} onClick={() => showTalk({ node })}>
        {t("comments.new")}
      </Menu.Item>
    )
  );
}
