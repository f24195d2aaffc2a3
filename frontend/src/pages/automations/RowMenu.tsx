import { Menu } from "@mantine/core";
import {
  IconArchive,
  IconArchiveOff,
  IconCopy,
  IconDownload,
  IconPlayerPause,
  IconPlayerPlay,
  IconUserOff,
} from "@tabler/icons-react";
import { useTranslation } from "react-i18next";

import { useCan } from "@/api/session";
import type { AutomationSummary } from "@/api/types";
import { DeleteItem, ItemMenu } from "@/ui/actions/ItemMenu";
import { useStandstill } from "@/ui/standstill/useStandstill";

import { useVerbs } from "./useVerbs";

/** What can be done with one automation, by its state and the user's rights. */
export function RowMenu({ automation }: { automation: AutomationSummary }) {
  const { t } = useTranslation(["automations", "standstill"]);
  const can = useCan();
  const verbs = useVerbs(automation);
  const standstill = useStandstill(automation);
  const { id, name, state, inside, activated_at } = automation;
  const edits = can("automations.edit");
  const activates = can("automations.activate");
  return (
    <ItemMenu name={t("menu.label", { name })} width={230}>
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
      {edits && state === "archived" && activated_at === null && <DeleteItem onClick={verbs.remove} />}
    </ItemMenu>
  );
}
