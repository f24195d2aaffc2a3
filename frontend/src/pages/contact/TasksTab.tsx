import { Button, Checkbox, Stack, Text } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconCheckbox, IconPlus } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";

import { useContactTasks, useUpdateTask } from "@/api/contactHistory";
import { useCan } from "@/api/session";
import type { Task } from "@/api/types";
import { EmptyState } from "@/ui/feedback/EmptyState";
import { Loaded } from "@/ui/feedback/Loaded";
import { SkeletonRows } from "@/ui/feedback/SkeletonRows";
import { tellOutcome } from "@/ui/feedback/tellOutcome";
import { useFormat } from "@/ui/format";

import { NewTaskPanel } from "./NewTaskPanel";
import classes from "./Timeline.module.css";

export function TasksTab({ contactId }: { contactId: number }) {
  const { t } = useTranslation("contact");
  const may = useCan()("contacts.edit");
  const [opened, panel] = useDisclosure(false);
  const update = useUpdateTask(contactId);
  const toggle = ({ id, done }: Task) => tellOutcome(update.mutateAsync({ id, done: !done }));
  const add = may && (
    <Button variant="default" leftSection={<IconPlus size={16} />} onClick={panel.open} style={{ alignSelf: "flex-start" }}>
      {t("tasks.new")}
    </Button>
  );
  return (
    <Stack gap="md">
      <Loaded query={useContactTasks(contactId)} skeleton={<SkeletonRows count={3} />}>
        {({ items }) =>
          items.length === 0 ? (
            <EmptyState
              icon={<IconCheckbox size={22} stroke={1.6} />}
              title={t("tasks.none")}
              body={t("tasks.noneBody")}
              action={add}
            />
          ) : (
            <>
              {add}
              <ul className={classes["list"]}>
                {items.map((task) => (
                  <TaskRow key={task.id} task={task} may={may} onToggle={() => toggle(task)} />
                ))}
              </ul>
            </>
          )
        }
      </Loaded>
      <NewTaskPanel contactId={contactId} opened={opened} onClose={panel.close} />
    </Stack>
  );
}

function TaskRow({ task, may, onToggle }: { task: Task; may: boolean; onToggle: () => void }) {
  const { t } = useTranslation("contact");
  const format = useFormat();
  const { title, note, due_on, done, assignee } = task;
  const facts = [due_on && t("tasks.due", { date: format.date(due_on) }), assignee?.name].filter(Boolean);
  return (
    <li className={classes["item"]}>
      <Checkbox
        checked={done}
        disabled={!may}
        onChange={onToggle}
        label={
          <Text component="span" td={done ? "line-through" : "none"} c={done ? "dimmed" : "var(--cz-text)"}>
            {title}
          </Text>
        }
        description={[note, facts.join(" · ")].filter(Boolean).join("\n")}
      />
    </li>
  );
}
