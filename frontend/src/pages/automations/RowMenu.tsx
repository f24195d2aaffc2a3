import { ActionIcon, Menu } from "@mantine/core";
import {
  IconArchive,
  IconArchiveOff,
  IconCopy,
  IconDots,
  IconDownload,
  IconPlayerPause,
  IconPlayerPlay,
  IconTrash,
  IconUserOff,
} from "@tabler/icons-react";
import { useTranslation } from "react-i18next";

import { useCan } from "@/api/session";
import type { AutomationSummary } from "@/api/types";
import { useStandstill } from "@/ui/standstill/useStandstill";

import { useVerbs } from "./useVerbs";

/** What can be done with one automation, by its state and the user's rights. */
export function RowMenu({ automation }: { automation: AutomationSummary }) {
  const { t } = useTranslation(["automations", "common", "standstill"]);
  const can = useCan();
  const verbs = useVerbs(automation);
  const standstill = useStandstill(automation);
  const { id, name, state, inside, activated_at } = automation;
  const edits = can("automations.edit");
  const activates = can("automations.activate");
  return (
    <Menu width={230} withinPortal>
      <Menu.Target>
        <ActionIcon
          variant="subtle"
          color="gray"
          aria-label={t("menu.label", { name })}
          onClick={(event) => event.stopPropagation()}
        >
          <IconDots size={17} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown onClick={(event) => event.stopPropagation()}>
        {activates && state === "active" && (
          <Menu.Item leftSection={<IconPlayerPause size={15} />} onClick={standstill.pause}>
            {t("menu.pause")}
          </Menu.Item>
        )}
        {activates && state === "paused" && (
          <Menu.Item leftSection={<IconPlayerPlay size={15} />} onClick={standstill.resume}>
            {t("menu.resume")}
          </Menu.Item>
        )}
        {activates && inside > 0 && (
          <Menu.Item leftSection={<IconUserOff size={15} />} onClick={() => standstill.stop({}, inside)}>
            {t("standstill:stop.open")}
          </Menu.Item>
        )}
        {edits && (
          <Menu.Item leftSection={<IconCopy size={15} />} onClick={verbs.duplicate}>
            {t("menu.duplicate")}
          </Menu.Item>
        )}
        <Menu.Item
          leftSection={<IconDownload size={15} />}
          component="a"
          href={`/api/automations/${id}/export`}
          download
        >
          {t("menu.export")}
        </Menu.Item>
        {edits && state !== "archived" && (
          <Menu.Item leftSection={<IconArchive size={15} />} onClick={verbs.archive}>
            {t("menu.archive")}
          </Menu.Item>
        )}
        {edits && state === "archived" && (
          <Menu.Item leftSection={<IconArchiveOff size={15} />} onClick={verbs.restore}>
            {t("menu.restore")}
          </Menu.Item>
        )}
        {edits && state === "archived" && activated_at === null && (
          <Menu.Item color="red" leftSection={<IconTrash size={15} />} onClick={verbs.remove}>
            {t("common:delete")}
          </Menu.Item>
        )}
      </Menu.Dropdown>
    </Menu>
  );
}
