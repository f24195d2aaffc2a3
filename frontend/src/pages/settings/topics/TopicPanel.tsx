import { Button, Select, Stack, Switch, TextInput, Textarea } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useTranslation } from "react-i18next";

import { type Topic, type TopicDraft, useSaveTopic } from "@/api/consents";
import { toastDone } from "@/ui/feedback/toast";
import { showProblem } from "@/ui/forms";
import { PanelForm } from "@/ui/panel/PanelForm";
import { SidePanel } from "@/ui/panel/SidePanel";

const channels = ["email", "sms", "push"] as const satisfies TopicDraft["channel"][];
const empty: TopicDraft = { name: "", description: "", channel: "email", public: true, confirm: false };

/** Adds a topic, or changes what is said of it. */
export function TopicPanel({ open, onClose }: { open: Topic | "new" | null; onClose: () => void }) {
  const { t } = useTranslation("consent");
  const topic = open === "new" ? null : open;
  return (
    <SidePanel opened={open !== null} onClose={onClose} title={topic?.name ?? t("topic.new")}>
      {open && <TopicForm key={topic?.id} topic={topic} onDone={onClose} />}
    </SidePanel>
  );
}

function TopicForm({ topic, onDone }: { topic: Topic | null; onDone: () => void }) {
  const { t } = useTranslation(["consent", "common"]);
  const save = useSaveTopic();
  const form = useForm<TopicDraft>({ initialValues: topic ? draftOf(topic) : empty });
  const submit = form.onSubmit((values) =>
    save.mutate(
      { id: topic?.id ?? null, ...values },
      {
        onSuccess: () => {
          toastDone({ message: t("topic.saved") });
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
    </PanelForm>
  );
}

function draftOf({ name, description, channel, public: shown, confirm }: Topic): TopicDraft {
  return { name, description, channel, public: shown, confirm };
}
