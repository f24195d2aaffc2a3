import { Group, Text } from "@mantine/core";
import { IconBellCheck, IconPlus } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { type Topic, useDeleteTopic, useTopics } from "@/api/consents";
import { GuardedButton } from "@/ui/actions/GuardedButton";
import { useConfirm } from "@/ui/actions/useConfirm";
import { Pill } from "@/ui/badge/Pill";
import { Card } from "@/ui/card/Card";
import { EmptyState } from "@/ui/feedback/EmptyState";
import { Loaded } from "@/ui/feedback/Loaded";
import { SkeletonRows } from "@/ui/feedback/SkeletonRows";
import { toastProblem } from "@/ui/feedback/toast";
import { ItemRow } from "@/ui/list/ItemRow";

import { SectionHead } from "../SectionHead";
import { TopicPanel } from "./TopicPanel";

/** What contacts can agree to hear about. */
export default function TopicsPage() {
  const { t } = useTranslation(["consent", "settings"]);
  const [open, setOpen] = useState<Topic | "new" | null>(null);
  const add = (
    <GuardedButton permission="settings.edit" leftSection={<IconPlus size={16} />} onClick={() => setOpen("new")}>
      {t("topic.new")}
    </GuardedButton>
  );
  return (
    <>
      <SectionHead title={t("settings:section.topics")} body={t("topic.body")} action={add} />
      <Loaded query={useTopics()} skeleton={<SkeletonRows count={3} />}>
        {({ items }) =>
          items.length === 0 ? (
            <EmptyState icon={<IconBellCheck size={22} />} title={t("topic.none")} body={t("topic.noneBody")} />
          ) : (
            <Card flush>
              {items.map((topic) => (
                <TopicRow key={topic.id} topic={topic} onEdit={() => setOpen(topic)} />
              ))}
            </Card>
          )
        }
      </Loaded>
      <TopicPanel open={open} onClose={() => setOpen(null)} />
    </>
  );
}

function TopicRow({ topic, onEdit }: { topic: Topic; onEdit: () => void }) {
  const { t } = useTranslation(["consent", "common"]);
  const confirm = useConfirm();
  const remove = useDeleteTopic();
  const { id, name, description, channel, given, pending } = topic;
  const ask = () =>
    confirm({
      title: t("topic.delete.title", { name }),
      body: t("topic.delete.body", { count: given }),
      verb: t("common:delete"),
      onConfirm: () => remove.mutate(id, { onError: toastProblem }),
    });
  return (
    <ItemRow
      menu={
        <Group gap={4} wrap="nowrap">
          <GuardedButton
            permission="settings.edit"
            variant="subtle"
            size="compact-sm"
            onClick={onEdit}
            aria-label={t("topic.editLabel", { name })}
          >
            {t("common:edit")}
          </GuardedButton>
          <GuardedButton
            permission="settings.edit"
            variant="subtle"
            color="red"
            size="compact-sm"
            onClick={ask}
            aria-label={t("topic.delete.label", { name })}
          >
            {t("common:delete")}
          </GuardedButton>
        </Group>
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
