import { Stack, Textarea, TextInput } from "@mantine/core";
import { DatePickerInput } from "@mantine/dates";
import { useForm } from "@mantine/form";
import { useTranslation } from "react-i18next";

import { useAddTask } from "@/api/contactHistory";
import type { NewTask } from "@/api/types";
import { UserSelect } from "@/ui/fields/UserSelect";
import { SavingForm } from "@/ui/panel/SavingForm";
import { SidePanel } from "@/ui/panel/SidePanel";

interface NewTaskPanelProps {
  contactId: number;
  opened: boolean;
  onClose: () => void;
}

const blank: Required<NewTask> = { title: "", due_on: null, assignee_id: null, note: "", done: false };

export function NewTaskPanel({ contactId, opened, onClose }: NewTaskPanelProps) {
  const { t } = useTranslation(["contact", "common"]);
  const add = useAddTask(contactId);
  const form = useForm<Required<NewTask>>({ initialValues: blank });
  const close = () => {
    form.reset();
    onClose();
  };
  return (
    <SidePanel opened={opened} onClose={close} title={t("tasks.new")}>
      <SavingForm form={form} save={add} draft={(values) => values} verb={t("tasks.create")} onDone={close}>
        <Stack gap="md">
          <TextInput label={t("tasks.title")} required data-autofocus {...form.getInputProps("title")} />
          <DatePickerInput
            label={t("tasks.dueOn")}
            clearable
            clearButtonProps={{ "aria-label": t("common:clear") }}
            valueFormat="LL"
            {...form.getInputProps("due_on")}
          />
          <UserSelect
            label={t("tasks.assignee")}
            {...form.getInputProps("assignee_id")}
            value={form.values.assignee_id}
          />
          <Textarea label={t("tasks.note")} {...form.getInputProps("note")} />
        </Stack>
      </SavingForm>
    </SidePanel>
  );
}
