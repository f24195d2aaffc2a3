import { Button, Select, Stack, Text } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { useAutomations } from "@/api/automations";
import { type Entrants, useEnter } from "@/api/entries";
import { tellOutcome } from "@/ui/feedback/tellOutcome";
import { toastDone } from "@/ui/feedback/toast";
import { PanelForm } from "@/ui/panel/PanelForm";
import { SidePanel } from "@/ui/panel/SidePanel";

interface AddToAutomationProps {
  who: Entrants;
  /** How many these are now. */
  count: number;
  opened: boolean;
  onClose: () => void;
}

/** Chooses the automation that contacts are to enter, with their number before it happens. */
export function AddToAutomation({ who, count, opened, onClose }: AddToAutomationProps) {
  const { t } = useTranslation(["entries", "common"]);
  const active = useAutomations({ search: "", state: "active" }, opened);
  const enter = useEnter();
  const [chosen, setChosen] = useState<string | null>(null);
  const automations = active.items ?? [];
  const name = automations.find(({ id }) => String(id) === chosen)?.name ?? "";
  const close = () => {
    setChosen(null);
    onClose();
  };
  return (
    <SidePanel opened={opened} onClose={onClose} title={t("add")}>
      <PanelForm
        onSubmit={(event) => {
          event.preventDefault();
          const asked = enter.mutateAsync({ automation: Number(chosen), who }, { onSuccess: close });
          tellOutcome(asked, (accepted) => toastDone({ message: t("asked", { count: accepted, name }) }));
        }}
        footer={
          <Button type="submit" disabled={chosen === null} loading={enter.isPending}>
            {t("verb", { count })}
          </Button>
        }
      >
        <Stack gap="md">
          <Select
            label={t("automation")}
            placeholder={t("choose")}
            searchable
            data={automations.map(({ id, name: label }) => ({ value: String(id), label }))}
            nothingFoundMessage={t("noneActive")}
            value={chosen}
            onChange={setChosen}
            data-autofocus
          />
          <Text size="sm" c="dimmed">
            {t("effect")}
          </Text>
        </Stack>
      </PanelForm>
    </SidePanel>
  );
}
