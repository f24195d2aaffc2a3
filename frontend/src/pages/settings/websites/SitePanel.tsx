import { NumberInput, Stack, Switch, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useTranslation } from "react-i18next";

import { useSaveSite } from "@/api/sites";
import type { Site } from "@/api/types";
import { DomainsField } from "@/ui/fields/DomainsField";
import { type Editing, EditPanel } from "@/ui/panel/EditPanel";
import { SavingForm } from "@/ui/panel/SavingForm";

const mostPages = 100;

/** Adds a website, or changes which pages may send and what of their visitors is heeded. */
export function SitePanel({ open, onClose }: Editing<Site>) {
  const { t } = useTranslation("settings");
  return (
    <EditPanel open={open} onClose={onClose} newTitle={t("websites.new")}>
      {(site) => <SiteForm site={site} onDone={onClose} />}
    </EditPanel>
  );
}

function SiteForm({ site, onDone }: { site: Site | null; onDone: () => void }) {
  const { t } = useTranslation("settings");
  const save = useSaveSite();
  const form = useForm({
    initialValues: {
      name: site?.name ?? "",
      domains: site?.domains ?? [],
      needs_consent: site?.needs_consent ?? false,
      heeds_do_not_track: site?.heeds_do_not_track ?? true,
      push_after: site?.push_after ?? null,
    },
  });
  return (
    <SavingForm
      form={form}
      save={save}
      draft={(values) => ({ ...values, ...(site && { id: site.id }) })}
      said={t("saved")}
      onDone={onDone}
    >
      <Stack gap="md">
        <TextInput label={t("websites.name")} data-autofocus {...form.getInputProps("name")} />
        <DomainsField
          label={t("websites.domains")}
          description={t("websites.domainsHint")}
          value={form.values.domains}
          onChange={(domains) => form.setFieldValue("domains", domains)}
          errors={form.errors}
        />
        <Switch
          label={t("websites.consent")}
          description={t("websites.consentHint")}
          {...form.getInputProps("needs_consent", { type: "checkbox" })}
        />
        <Switch
          label={t("websites.doNotTrack")}
          description={t("websites.doNotTrackHint")}
          {...form.getInputProps("heeds_do_not_track", { type: "checkbox" })}
        />
        <NumberInput
          label={t("websites.push")}
          description={t("websites.pushHint")}
          suffix={` ${t("websites.pages", { count: form.values.push_after ?? 0 })}`}
          min={1}
          max={mostPages}
          allowDecimal={false}
          allowNegative={false}
          {...form.getInputProps("push_after")}
          value={form.values.push_after ?? ""}
          onChange={(value) => form.setFieldValue("push_after", typeof value === "number" ? value : null)}
        />
      </Stack>
    </SavingForm>
  );
}
