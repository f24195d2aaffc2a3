import { Menu } from "@mantine/core";
import { IconDots, IconDownload, IconFileText, IconUserOff } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";

import type { Automation } from "@/api/editor";
import { useCan } from "@/api/session";
import { useEditorScope } from "@/canvas/state/EditorContext";
import { LinkItem } from "@/canvas/share/LinkItem";
import { IconButton } from "@/ui/actions/IconButton";
import { useStandstill } from "@/ui/standstill/useStandstill";

/** What is seldom done with the automation that is open. */
export function MoreMenu({ automation, inside }: { automation: Automation; inside: number }) {
  const { t } = useTranslation(["standstill", "reading"]);
  const { editor } = useEditorScope();
  const mayStop = useCan()("automations.activate") && inside > 0;
  const { stop } = useStandstill(automation);
  return (
    <Menu withinPortal>
      <Menu.Target>
        <IconButton name={t("more")}>
          <IconDots size={18} />
        </IconButton>
      </Menu.Target>
      <Menu.Dropdown>
        {mayStop && (
          <Menu.Item leftSection={<IconUserOff size={15} />} onClick={() => stop({}, inside)}>
            {t("stop.open")}
          </Menu.Item>
        )}
        <Menu.Item leftSection={<IconFileText size={15} />} onClick={() => editor.setState({ panel: "story" })}>
          {t("reading:story.open")}
        </Menu.Item>
        <LinkItem node={null} />
        <Menu.Item
          leftSection={<IconDownload size={15} />}
          component="a"
          href={`/api/automations/${String(automation.id)}/export`}
          download
        >
          {t("export")}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
