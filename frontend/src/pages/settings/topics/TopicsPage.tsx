import { Group, Text } from "@mantine/core";
import { IconBellCheck } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { type Topic, useDeleteTopic, useTopics } from "@/api/consents";
import { useConfirmed } from "@/ui/actions/useConfirmed";
import { Pill } from "@/ui/badge/Pill";
import { EmptyState } from "@/ui/feedback/EmptyState";
import { ItemRow } from "@/ui/list/ItemRow";
import { Items } from "@/ui/list/Items";

import { AddButton } from "../AddButton";
import { RowButtons } from "../RowButtons";
import { SectionHead } from "../SectionHead";
import { TopicPanel } from "./TopicPanel";

/** What contacts can agree to hear about. */
export default function TopicsPage() {
  const { t } = useTranslation(["consent", "settings"]);
  const [open, setOpen] = useState<Topic | "new" | null>(null);
  const add = (
    <AddButton permission="settings.edit" onClick={() => setOpen("new")}>
      {t("topic.new")}
    </AddButton>
  );
  return (
    <>
      <SectionHead title={t("settings:section.topics")} body={t("topic.body")} action={add} />
      <Items
        card
        query={useTopics()}
        awaited={3}
        empty={<EmptyState icon={<IconBellCheck size={22} />} title={t("topic.none")} body={t("topic.noneBody")} />}
      >
        {(topic) => <TopicRow key={topic.id} topic={topic} onEdit={() => setOpen(topic)} />}
      </Items>
      <TopicPanel open={open} onClose={() => setOpen(null)} />
    </>
  );
}

function TopicRow({ topic, onEdit }: { topic: Topic; onEdit: () => void }) {
  const { t } = useTranslation("consent");
  const remove = useConfirmed(useDeleteTopic());
  const { id, name, description, channel, given, pending } = topic;
  const ask = () =>
    remove(id, { title: t("topic.delete.title", { name }), body: t("topic.delete.body", { count: given }) });
  return (
    <ItemRow
      menu={
        <RowButtons
          permission="settings.edit"
          editLabel={t("topic.editLabel", { name })}
          onEdit={onEdit}
          deleteLabel={t("topic.delete.label", { name })}
          onDelete={ask}
        />
      }
    >
      <Group gap="xs">
        <Text fw={550}>{name}</Text>
        <Pill dot={false}>{t(`channel.${channel}`)}</Pill>
        {topic.confirm && <Pill dot={false}>{t("topic.confirmed")}</Pill>}
        {!topic.public && <Pill dot={false}>{t("topic.hidden")}</Pill>}
      </Group>
      {description && (
        <Text size="sm" c="dimmed">
          {description}
        </Text>
      )}
      <Text size="sm" c="dimmed">
        {t("topic.given", { count: given })}
        {pending > 0 && ` · ${t("topic.pending", { count: pending })}`}
      </Text>
    </ItemRow>
  );
}
