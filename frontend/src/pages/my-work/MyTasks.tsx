import { Anchor, Checkbox, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";

import { useFinishTask, useMyTasks } from "@/api/tasks";
import type { Task } from "@/api/types";
import { tellOutcome } from "@/ui/feedback/tellOutcome";
import { toastDone } from "@/ui/feedback/toast";
import { useFormat } from "@/ui/format";
import { ItemRow } from "@/ui/list/ItemRow";

import { MyCard } from "./MyCard";

const isOver = (day: string) => new Date(`${day}T23:59:59`) < new Date();

export function MyTasks() {
  const { t } = useTranslation("work");
  const query = useMyTasks();
  return (
    <MyCard
      title={t("tasks")}
      none={t("noTasks")}
      query={query}
      items={query.data?.items}
      row={(task) => <TaskRow task={task} />}
    />
  );
}

function TaskRow({ task: { id, title, due_on, contact } }: { task: Task }) {
  const { t } = useTranslation("work");
  const format = useFormat();
  const finish = useFinishTask();
  const overdue = due_on !== null && isOver(due_on);
  const done = () =>
    tellOutcome(finish.mutateAsync({ id, done: true }), () =>
      toastDone({ message: t("done", { title }), undo: () => tellOutcome(finish.mutateAsync({ id, done: false })) }),
    );
  return (
    <ItemRow
      menu={
        due_on && (
          <Text size="sm" c={overdue ? "var(--cz-bad)" : "dimmed"} className="tabular">
            {t(overdue ? "overdue" : "due", { date: format.date(due_on) })}
          </Text>
        )
      }
    >
      <Checkbox checked={false} onChange={done} label={title} />
      <Anchor component={Link} to={`/contacts/${String(contact.id)}`} size="sm" ml={32}>
        {contact.name}
      </Anchor>
    </ItemRow>
  );
}
