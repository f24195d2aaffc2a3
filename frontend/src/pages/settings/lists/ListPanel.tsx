import { Select, Stack, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useTranslation } from "react-i18next";

import { useFolders, useSaveList } from "@/api/lists";
import type { ContactList } from "@/api/types";
import { type Editing, EditPanel } from "@/ui/panel/EditPanel";
import { SavingForm } from "@/ui/panel/SavingForm";

import { NewFolder } from "./NewFolder";

/** Makes a list, or changes its name and folder. */
export function ListPanel({ open, onClose }: Editing<ContactList>) {
  const { t } = useTranslation("settings");
  return (
    <EditPanel open={open} onClose={onClose} newTitle={t("lists.new")}>
      {(list) => <ListForm list={list} onDone={onClose} />}
    </EditPanel>
  );
}

function ListForm({ list, onDone }: { list: ContactList | null; onDone: () => void }) {
  const { t } = useTranslation("settings");
  const folders = useFolders().data?.items ?? [];
  const save = useSaveList();
  const form = useForm<{ name: string; folder_id: number | null }>({
    initialValues: { name: list?.name ?? "", folder_id: list?.folder?.id ?? null },
  });
  return (
    <SavingForm
      form={form}
      save={save}
      draft={(values) => ({ ...values, ...(list && { id: list.id }) })}
      said={t("saved")}
      onDone={onDone}
    >
      <Stack gap="md">
        <TextInput label={t("lists.name")} data-autofocus {...form.getInputProps("name")} />
        <Select
          label={t("lists.folder")}
          clearable
          data={folders.map(({ id, name }) => ({ value: String(id), label: name }))}
          value={form.values.folder_id === null ? null : String(form.values.folder_id)}
          error={form.errors["folder_id"]}
          onChange={(id) => form.setFieldValue("folder_id", id === null ? null : Number(id))}
        />
        <NewFolder onMade={(id) => form.setFieldValue("folder_id", id)} />
      </Stack>
    </SavingForm>
  );
}
