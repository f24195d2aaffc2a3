import { Alert, Button, Group, Stack, Text, Title } from "@mantine/core";
import { IconLock, IconPencil, IconPlus, IconTrash } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";

import { useDocument, useEditor, useEditorScope, useVerbs } from "@/canvas/state/EditorContext";
import type { JsonObject } from "@/flow/document";
import { ConditionBuilder } from "@/nodes/ConditionBuilder";
import { PanelBody, SidePanel } from "@/ui/panel/SidePanel";

import { EntryRules } from "./EntryRules";
import { ExitEvents } from "./ExitEvents";
import { PressureSetting } from "./PressureSetting";
import { QuietHoursSetting } from "./QuietHoursSetting";
import { ReEntrySwitch } from "./ReEntrySwitch";
import { RunKeyField } from "./RunKeyField";

const MOST = 20;

interface SettingsPanelProps {
  archived: boolean;
  /** Leads to the settings of the draft, where these are not to be changed but those are. */
  onDraft: (() => void) | null;
}

/** How contacts enter and leave the whole automation. */
export function SettingsPanel({ archived, onDraft }: SettingsPanelProps) {
  const { t } = useTranslation("editor");
  const { editor } = useEditorScope();
  const opened = useEditor((state) => state.panel === "settings");
  return (
    <SidePanel opened={opened} onClose={() => editor.setState({ panel: null })} title={t("settings.title")}>
      <PanelBody>
        <Stack gap="xl">
          <Locked archived={archived} onDraft={onDraft} />
          <ReEntrySwitch />
          <RunKeyField />
          <EntryRules />
          <QuietHoursSetting />
          <PressureSetting />
          <ExitConditions />
          <ExitEvents />
          <div>
            <Title order={3} size="h5">
              {t("settings.time_zone")}
            </Title>
            <Text size="sm" c="dimmed">
              {t("settings.time_zone_contact")}
            </Text>
          </div>
        </Stack>
      </PanelBody>
    </SidePanel>
  );
}

/** Says why nothing can be changed here, and where it can. */
function Locked({ archived, onDraft }: SettingsPanelProps) {
  const { t } = useTranslation("editor");
  const { editor } = useEditorScope();
  const readOnly = useEditor((state) => state.readOnly);
  if (!readOnly) return null;
  const edit = () => {
    editor.setState({ panel: null });
    onDraft?.();
  };
  return (
    <Alert color="gray" icon={<IconLock size={18} />} role="note">
      <Text size="sm">{t(archived ? "banner.archived" : onDraft ? "settings.locked" : "banner.read_only")}</Text>
      {onDraft && (
        <Button mt="xs" size="compact-sm" variant="default" leftSection={<IconPencil size={14} />} onClick={edit}>
          {t("banner.edit")}
        </Button>
      )}
    </Alert>
  );
}

function ExitConditions() {
  const { t } = useTranslation("editor");
  const readOnly = useEditor((state) => state.readOnly);
  const conditions = useDocument().settings.exit_conditions ?? [];
  const verbs = useVerbs();
  const set = (next: readonly JsonObject[]) => verbs.settings({ exit_conditions: next });
  return (
    <div>
      <Title order={3} size="h5">
        {t("settings.exits")}
      </Title>
      <Text size="sm" c="dimmed" mb="sm">
        {t("settings.exits_detail")}
      </Text>
      <Stack gap="md">
        {conditions.map((condition, index) => (
          // Conditions have no name: their place is all that tells them apart.
          // oxlint-disable-next-line react/no-array-index-key
          <div key={index}>
            <ConditionBuilder
              label={t("settings.exit_number", { number: index + 1 })}
              value={condition}
              onChange={(changed) => set(conditions.map((each, at) => (at === index ? changed : each)))}
              disabled={readOnly}
            />
            {!readOnly && (
              <Group justify="flex-end" mt={6}>
                <Button
                  size="compact-xs"
                  variant="subtle"
                  color="gray"
                  leftSection={<IconTrash size={14} />}
                  onClick={() => set(conditions.filter((_, at) => at !== index))}
                >
                  {t("settings.exit_remove")}
                </Button>
              </Group>
            )}
          </div>
        ))}
        {!readOnly && conditions.length < MOST && (
          <Button
            variant="default"
            leftSection={<IconPlus size={16} />}
            onClick={() => set([...conditions, { all: [] }])}
          >
            {t("settings.exit_add")}
          </Button>
        )}
      </Stack>
    </div>
  );
}
