import { Button, Fieldset, Group, NumberInput, Skeleton, Stack, Switch, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useTranslation } from "react-i18next";

import { useCan } from "@/api/session";
import { useUpdateWorkspace, useWorkspace } from "@/api/settings";
import type { Workspace } from "@/api/types";
import { Card } from "@/ui/card/Card";
import { Loaded } from "@/ui/feedback/Loaded";
import { type QuietHours, QuietHoursFields } from "@/ui/fields/QuietHoursFields";
import { TimeZoneSelect } from "@/ui/fields/TimeZoneSelect";
import { useSaving } from "@/ui/useSaving";

import { SectionHead } from "../SectionHead";
import { CurrencySelect } from "./CurrencySelect";
import { FrequencyCaps, SendRates } from "./PressureFields";

const keptFor = [
  { field: "keep_months", words: "keepMonths", least: 1, most: 240 },
  { field: "keep_message_months", words: "keepMessageMonths", least: 1, most: 240 },
  { field: "keep_delivery_days", words: "keepDeliveryDays", least: 30, most: 3650 },
] as const;

export default function WorkspacePage() {
  const { t } = useTranslation("settings");
  return (
    <>
      <SectionHead title={t("section.workspace")} body={t("workspace.body")} />
      <Loaded query={useWorkspace()} skeleton={<Skeleton height={260} radius="lg" />}>
        {(workspace) => <WorkspaceForm workspace={workspace} />}
      </Loaded>
    </>
  );
}

function WorkspaceForm({ workspace }: { workspace: Workspace }) {
  const { t } = useTranslation(["settings", "common"]);
  const may = useCan()("settings.edit");
  const update = useUpdateWorkspace();
  const { currencies, ...kept } = workspace;
  const form = useForm({ initialValues: kept });
  const send = useSaving(form);
  const submit = form.onSubmit((values) =>
    send(update, values, {
      said: t("saved"),
      onDone: (saved) => {
        const { currencies: _, ...now } = saved;
        form.resetDirty(now);
      },
    }),
  );
  return (
    <Card>
      <form onSubmit={submit}>
        <Fieldset variant="unstyled" disabled={!may}>
          <Stack gap="lg" maw={460}>
            <TextInput label={t("workspace.name")} required withAsterisk={false} {...form.getInputProps("name")} />
            <TimeZoneSelect
              label={t("workspace.timeZone")}
              description={t("workspace.timeZoneHint")}
              allowDeselect={false}
              {...form.getInputProps("time_zone")}
            />
            <CurrencySelect
              label={t("workspace.currency")}
              description={t("workspace.currencyHint")}
              currencies={currencies}
              {...form.getInputProps("currency")}
            />
            <Switch
              label={t("workspace.reEntry")}
              description={t("workspace.reEntryHint")}
              {...form.getInputProps("re_entry_by_marketers", { type: "checkbox" })}
            />
            <NumberInput
              label={t("workspace.hopBudget")}
              description={t("workspace.hopBudgetHint")}
              min={1}
              max={50}
              allowDecimal={false}
              {...form.getInputProps("hop_budget")}
            />
            {keptFor.map(({ field, words, least, most }) => (
              <NumberInput
                key={field}
                label={t(`workspace.${words}`)}
                description={t(`workspace.${words}Hint`)}
                min={least}
                max={most}
                allowDecimal={false}
                {...form.getInputProps(field)}
                value={form.values[field] ?? ""}
                onChange={(value) => form.setFieldValue(field, typeof value === "number" ? value : null)}
              />
            ))}
            <QuietHoursFields
              label={t("quiet.workspace")}
              description={t("quiet.workspace_detail")}
              value={form.values.quiet_hours ?? undefined}
              onChange={(hours) => form.setFieldValue("quiet_hours", hours ? asSent(hours) : null)}
              thens={(["wait", "skip"] as const).map((value) => ({ value, label: t(`quiet.${value}`) }))}
              disabled={!may}
            />
            <FrequencyCaps
              value={form.values.frequency_caps}
              onChange={(caps) => form.setFieldValue("frequency_caps", caps)}
              disabled={!may}
            />
            <SendRates
              value={form.values.send_rates}
              onChange={(rates) => form.setFieldValue("send_rates", rates)}
              disabled={!may}
            />
            {may && (
              <Group>
                <Button type="submit" loading={update.isPending} disabled={!form.isDirty()}>
                  {t("common:save")}
                </Button>
              </Group>
            )}
          </Stack>
        </Fieldset>
      </form>
    </Card>
  );
}

function asSent({ days, ...hours }: QuietHours<"wait" | "skip">) {
  return days ? { ...hours, days: [...days] } : hours;
}
