import { ColorInput, Group, Select, Stack, Switch, Text, Textarea, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useTranslation } from "react-i18next";

import { useSaveForm, type WebForm, type WebFormDraft } from "@/api/forms";
import { useLists } from "@/api/lists";
import { languageNames, languages } from "@/i18n/languages";
import { useLanguage } from "@/i18n/useLanguage";
import { DomainsField } from "@/ui/fields/DomainsField";
import { type Editing, EditPanel } from "@/ui/panel/EditPanel";
import { SavingForm } from "@/ui/panel/SavingForm";

import { draftOf, newDraft } from "./drafts";
import { FieldRows } from "./FieldRows";

const kinds = ["newsletter", "contact", "download", "registration", "other"] as const;
const schemes = ["auto", "light", "dark"] as const;
const swatches = ["#4c51d9", "#0f766e", "#b45309", "#be123c", "#1f2937"];
const fieldFault = "design.fields.";

/** Makes a form, or changes it: what it asks, says, how it looks, what follows. */
export function FormPanel({ open, onClose }: Editing<WebForm>) {
  const { t } = useTranslation("forms");
  return (
    <EditPanel open={open} onClose={onClose} newTitle={t("new")} size={640}>
      {(form) => <FormForm saved={form} onDone={onClose} />}
    </EditPanel>
  );
}

function FormForm({ saved, onDone }: { saved: WebForm | null; onDone: () => void }) {
  const { t } = useTranslation("forms");
  const save = useSaveForm();
  const lists = useLists().data?.items ?? [];
  const language = useLanguage();
  const words = { email: t("takes.email"), title: t("start.title"), button: t("start.button") };
  const form = useForm<WebFormDraft>({ initialValues: saved ? draftOf(saved) : newDraft(words, language) });
  const faults = Object.fromEntries(
    Object.entries(form.errors)
      .filter(([key]) => key.startsWith(fieldFault))
      .map(([key, fault]) => [key.slice(fieldFault.length), fault]),
  );
  const { design } = form.values;
  return (
    <SavingForm
      form={form}
      save={save}
      draft={(values) => ({ id: saved?.id ?? null, ...values })}
      said={t("saved")}
      onDone={onDone}
    >
      <Stack gap="md">
        <TextInput label={t("name")} description={t("nameHint")} data-autofocus {...form.getInputProps("name")} />
        <Group grow align="flex-start">
          <Select
            label={t("kind")}
            allowDeselect={false}
            data={kinds.map((value) => ({ value, label: t(`kinds.${value}`) }))}
            {...form.getInputProps("design.kind")}
          />
          <Select
            label={t("language")}
            allowDeselect={false}
            data={languages.map((value) => ({ value, label: languageNames[value] }))}
            {...form.getInputProps("design.language")}
          />
        </Group>
        <TextInput label={t("title")} {...form.getInputProps("design.title")} />
        <Textarea label={t("text")} autosize minRows={2} {...form.getInputProps("design.text")} />
        <div>
          <Text size="sm" fw={600} mb={4}>
            {t("fields")}
          </Text>
          {form.errors["design.fields"] && (
            <Text size="xs" c="var(--cz-bad)" mb={4} role="alert">
              {form.errors["design.fields"]}
            </Text>
          )}
          <FieldRows
            fields={design.fields}
            faults={faults}
            onChange={(fields) => {
              form.clearErrors();
              form.setFieldValue("design.fields", fields);
            }}
          />
        </div>
        <TextInput label={t("button")} {...form.getInputProps("design.button")} />
        <Textarea label={t("thanks")} autosize minRows={2} {...form.getInputProps("design.thanks")} />
        <TextInput
          label={t("redirect")}
          description={t("redirectHint")}
          placeholder="https://"
          {...form.getInputProps("design.redirect")}
        />
        <Select
          label={t("list")}
          description={t("listHint")}
          clearable
          searchable
          data={lists.map(({ id, name }) => ({ value: String(id), label: name }))}
          value={form.values.list_id === null ? null : String(form.values.list_id)}
          error={form.errors["list_id"]}
          onChange={(id) => form.setFieldValue("list_id", id === null ? null : Number(id))}
        />
        <DomainsField
          label={t("domains")}
          description={t("domainsHint")}
          value={form.values.domains}
          onChange={(domains) => form.setFieldValue("domains", domains)}
          errors={form.errors}
        />
        <Group grow align="flex-start">
          <ColorInput
            label={t("accent")}
            format="hex"
            swatches={swatches}
            {...form.getInputProps("design.accent")}
          />
          <Select
            label={t("scheme")}
            allowDeselect={false}
            data={schemes.map((value) => ({ value, label: t(`schemes.${value}`) }))}
            {...form.getInputProps("design.scheme")}
          />
        </Group>
        <Switch label={t("enabled")} {...form.getInputProps("enabled", { type: "checkbox" })} />
      </Stack>
    </SavingForm>
  );
}
