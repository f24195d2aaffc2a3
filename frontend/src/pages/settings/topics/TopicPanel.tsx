import { Select, Stack, Switch, Textarea, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useTranslation } from "react-i18next";

import { type Topic, type TopicDraft, useSaveTopic } from "@/api/consents";
import { type Editing, EditPanel } from "@/ui/panel/EditPanel";
import { SavingForm } from "@/ui/panel/SavingForm";

const channels = ["email", "sms", "push"] as const satisfies TopicDraft["channel"][];
const empty: TopicDraft = { name: "", description: "", channel: "email", public: true, confirm: false };

/** Adds a topic, or changes what is said of it. */
export function TopicPanel({ open, onClose }: Editing<Topic>) {
  const { t } = useTranslation("consent");
  return (
    <EditPanel open={open} onClose={onClose} newTitle={t("topic.new")}>
      {(topic) => <TopicForm topic={topic} onDone={onClose} />}
    </EditPanel>
  );
}

function TopicForm({ topic, onDone }: { topic: Topic | null; onDone: () => void }) {
  const { t } = useTranslation("consent");
  const save = useSaveTopic();
  const form = useForm<TopicDraft>({ initialValues: topic ? draftOf(topic) : empty });
  return (
    <SavingForm
      form={form}
      save={save}
      draft={(values) => ({ id: topic?.id ?? null, ...values })}
      said={t("topic.saved")}
      onDone={onDone}
    >
      <Stack gap="md">
        <TextInput
          label={t("topic.name")}
          description={t("topic.nameHint")}
          data-autofocus
          {...form.getInputProps("name")}
        />
        <Textarea
          label={t("topic.description")}
          autosize
          minRows={2}
          maxLength={500}
          {...form.getInputProps("description")}
        />
        <Select
          label={t("topic.channel")}
          allowDeselect={false}
          data={channels.map((value) => ({ value, label: t(`channel.${value}`) }))}
          {...form.getInputProps("channel")}
        />
        <Switch
          label={t("topic.public")}
          description={t("topic.publicHint")}
          {...form.getInputProps("public", { type: "checkbox" })}
        />
        <Switch
          label={t("topic.confirm")}
          description={t("topic.confirmHint")}
          {...form.getInputProps("confirm", { type: "checkbox" })}
        />
      </Stack>
    </SavingForm>
  );
}

function draftOf({ name, description, channel, public: shown, confirm }: Topic): TopicDraft {
  return { name, description, channel, public: shown, confirm };
}
