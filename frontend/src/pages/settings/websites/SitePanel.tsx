import { Button, NumberInput, Stack, Switch, TagsInput, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useTranslation } from "react-i18next";

import { useSaveSite } from "@/api/sites";
import type { Site } from "@/api/types";
import { toastDone } from "@/ui/feedback/toast";
import { showProblem } from "@/ui/forms";
import { PanelForm } from "@/ui/panel/PanelForm";
import { SidePanel } from "@/ui/panel/SidePanel";

const mostPages = 100;

/** Adds a website, or changes which pages may send and what of their visitors is heeded. */
export function SitePanel({ open, onClose }: { open: Site | "new" | null; onClose: () => void }) {
  const { t } = useTranslation("settings");
  const site = open === "new" || open === null ? undefined : open;
  return (
    <SidePanel opened={open !== null} onClose={onClose} title={site?.name ?? t("websites.new")}>
      {open && <SiteForm key={site?.id} site={site} onDone={onClose} />}
    </SidePanel>
  );
}

function SiteForm({ site, onDone }: { site: Site | undefined; onDone: () => void }) {
  const { t } = useTranslation(["settings", "common"]);
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
  const submit = form.onSubmit((values) =>
    save.mutate(
      { ...values, ...(site && { id: site.id }) },
      {
        onSuccess: () => {
          toastDone({ message: t("saved") });
          onDone();
        },
        onError: (error) => showProblem(form, error),
      },
    ),
  );
  return (
    <PanelForm
      onSubmit={submit}
      footer={
        <Button type="submit" loading={save.isPending}>
          {t("common:save")}
        </Button>
      }
    >
      <Stack gap="md">
        <TextInput label={t("websites.name")} data-autofocus {...form.getInputProps("name")} />
        <TagsInput
          label={t("websites.domains")}
          description={t("websites.domainsHint")}
          placeholder="example.com"
          splitChars={[",", " "]}
          acceptValueOnBlur
          {...form.getInputProps("domains")}
          error={form.errors["domains"] ?? Object.entries(form.errors).find(([key]) => key.startsWith("domains."))?.[1]}
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
    </PanelForm>
  );
}
