import { Button, Stack, TextInput, Textarea } from "@mantine/core";
import { DatePickerInput } from "@mantine/dates";
import { useForm } from "@mantine/form";
import { useTranslation } from "react-i18next";

import { useAddTask } from "@/api/contactHistory";
import type { NewTask } from "@/api/types";
import { UserSelect } from "@/ui/fields/UserSelect";
import { showProblem } from "@/ui/forms";
import { PanelForm } from "@/ui/panel/PanelForm";
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
  const submit = form.onSubmit((values) =>
    add.mutate(values, { onSuccess: close, onError: (error) => showProblem(form, error) }),
  );
  return (
    <SidePanel opened={opened} onClose={close} title={t("tasks.new")}>
      <PanelForm
        onSubmit={submit}
        footer={
          <Button type="submit" loading={add.isPending}>
            {t("tasks.create")}
          </Button>
        }
      >
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
      </PanelForm>
    </SidePanel>
  );
}
