import { Menu } from "@mantine/core";
import { IconDots, IconDownload, IconFileText, IconUserOff } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";

import type { Automation } from "@/api/editor";
import { useCan } from "@/api/session";
import { longMenu } from "@/canvas/menu/longMenu";
import { useEditorScope } from "@/canvas/state/EditorContext";
import { LinkItem } from "@/canvas/share/LinkItem";
import { IconButton } from "@/ui/actions/IconButton";
import { useStandstill } from "@/ui/standstill/useStandstill";

interface MoreMenuProps {
  automation: Automation;
  inside: number;
  /** What else it holds, where the bar is narrow. */
  children: ReactNode;
  /** What stands after all. */
  last: ReactNode;
}

/** What is seldom done with the automation that is open. */
export function MoreMenu({ automation, inside, children, last }: MoreMenuProps) {
  const { t } = useTranslation(["standstill", "reading"]);
  const { editor } = useEditorScope();
  const mayStop = useCan()("automations.activate") && inside > 0;
  const { stop } = useStandstill(automation);
  return (
    <Menu withinPortal {...longMenu}>
      <Menu.Target>
        <IconButton name={t("more")}>
          <IconDots size={18} />
        </IconButton>
      </Menu.Target>
      <Menu.Dropdown mah="80dvh" style={{ overflowY: "auto" }}>
        {children}
        {mayStop && (
          <Menu.Item leftSection={<IconUserOff size={16} />} onClick={() => stop({}, inside)}>
            {t("stop.open")}
          </Menu.Item>
        )}
        <Menu.Item leftSection={<IconFileText size={16} />} onClick={() => editor.setState({ panel: "story" })}>
          {t("reading:story.open")}
        </Menu.Item>
        <LinkItem node={null} />
        <Menu.Item
          leftSection={<IconDownload size={16} />}
          component="a"
          href={`/api/automations/${String(automation.id)}/export`}
          download
        >
          {t("export")}
        </Menu.Item>
        {last}
      </Menu.Dropdown>
    </Menu>
  );
}
