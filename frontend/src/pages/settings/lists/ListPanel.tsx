import { Button, Select, Stack, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useTranslation } from "react-i18next";

import { useFolders, useSaveList } from "@/api/lists";
import type { ContactList } from "@/api/types";
import { toastDone } from "@/ui/feedback/toast";
import { showProblem } from "@/ui/forms";
import { PanelForm } from "@/ui/panel/PanelForm";
import { SidePanel } from "@/ui/panel/SidePanel";

import { NewFolder } from "./NewFolder";

/** Makes a list, or changes its name and folder. */
export function ListPanel({ open, onClose }: { open: ContactList | "new" | null; onClose: () => void }) {
  const { t } = useTranslation("settings");
  const list = open === "new" || open === null ? undefined : open;
  return (
    <SidePanel opened={open !== null} onClose={onClose} title={list?.name ?? t("lists.new")}>
      {open && <ListForm key={list?.id} list={list} onDone={onClose} />}
    </SidePanel>
  );
}

function ListForm({ list, onDone }: { list: ContactList | undefined; onDone: () => void }) {
  const { t } = useTranslation(["settings", "common"]);
  const folders = useFolders().data?.items ?? [];
  const save = useSaveList();
  const form = useForm<{ name: string; folder_id: number | null }>({
    initialValues: { name: list?.name ?? "", folder_id: list?.folder?.id ?? null },
  });
  const submit = form.onSubmit((values) =>
    save.mutate(
      { ...values, ...(list && { id: list.id }) },
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
    </PanelForm>
  );
}
