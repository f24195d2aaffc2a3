import { ActionIcon, Button, Group, Menu, Text } from "@mantine/core";
import { IconCheck, IconDots, IconRotate } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { useAddComment, useChangeComment, useDeleteComment } from "@/api/together";
import { useCan } from "@/api/session";
import type { Remark, Thread } from "@/api/types";
import { useEditorScope } from "@/canvas/state/EditorContext";
import { Face } from "@/canvas/together/Face";
import { useConfirm } from "@/ui/actions/useConfirm";
import { tellOutcome } from "@/ui/feedback/tellOutcome";
import { RelativeTime } from "@/ui/time/RelativeTime";

import { Composer } from "./Composer";
import classes from "./comments.module.css";

/** What was said, oldest first, with a reply, and whether it is settled. */
export function ThreadCard({ thread }: { thread: Thread }) {
  const { t } = useTranslation("together");
  const { automation } = useEditorScope();
  const may = useCan()("automations.comment");
  const add = useAddComment(automation);
  const change = useChangeComment(automation);
  const [replying, setReplying] = useState(false);
  const { id, remarks, resolved_at, resolved_by } = thread;
  const settle = () => tellOutcome(change.mutateAsync({ id, resolved: resolved_at === null }));
  const reply = async (text: string, mentions: number[]) => {
    await add.mutateAsync({ text, mentions, reply_to: id });
    setReplying(false);
  };
  return (
    <div className={classes["thread"]} data-resolved={resolved_at !== null || undefined}>
      {remarks.map((remark) => (
        <Said key={remark.id} remark={remark} />
      ))}
      {resolved_at !== null && (
        <Text size="xs" c="dimmed">
          {t("comments.resolved", { name: resolved_by?.name ?? t("comments.somebody") })}
        </Text>
      )}
      {may && replying && (
        <Composer autoFocus label={t("comments.reply")} verb={t("comments.send")} onSend={reply} onCancel={() => setReplying(false)} />
      )}
      {may && !replying && (
        <Group gap="xs">
          <Button size="compact-sm" variant="default" onClick={() => setReplying(true)}>
            {t("comments.reply")}
          </Button>
          <Button
            size="compact-sm"
            variant="subtle"
            color="gray"
            leftSection={resolved_at === null ? <IconCheck size={14} /> : <IconRotate size={14} />}
            loading={change.isPending}
            onClick={settle}
          >
            {t(resolved_at === null ? "comments.resolve" : "comments.reopen")}
          </Button>
        </Group>
      )}
    </div>
  );
}

function Said({ remark }: { remark: Remark }) {
  const { t } = useTranslation("together");
  const { automation } = useEditorScope();
  const change = useChangeComment(automation);
  const [editing, setEditing] = useState(false);
  const name = remark.author?.name ?? t("comments.somebody");
  const save = async (text: string) => {
    await change.mutateAsync({ id: remark.id, text });
    setEditing(false);
  };
  return (
    <article className={classes["said"]}>
      <Group gap={8} wrap="nowrap">
        <Face name={name} size={24} />
        <Text size="sm" fw={600} truncate>
          {name}
        </Text>
        <Text size="xs" c="dimmed" flex={1} className={classes["when"] ?? ""}>
          <RelativeTime at={remark.created_at} />
          {remark.edited_at && ` · ${t("comments.edited")}`}
        </Text>
        <OwnWords remark={remark} onEdit={() => setEditing(true)} />
      </Group>
      {editing ? (
        <Composer
          autoFocus
          label={t("comments.edit")}
          verb={t("comments.save")}
          initial={remark.text}
          onSend={save}
          onCancel={() => setEditing(false)}
        />
      ) : (
        <p className={classes["text"]}>{remark.text}</p>
      )}
    </article>
  );
}

/** What its author, or an admin, can do with a comment. */
function OwnWords({ remark, onEdit }: { remark: Remark; onEdit: () => void }) {
  const { t } = useTranslation(["together", "common"]);
  const { automation } = useEditorScope();
  const remove = useDeleteComment(automation);
  const confirm = useConfirm();
  const manages = useCan()("users.manage");
  if (!remark.mine && !manages) return null;
  const ask = () =>
    confirm({
      title: t("comments.delete_title"),
      body: t("comments.delete_body"),
      verb: t("comments.delete"),
      onConfirm: () => tellOutcome(remove.mutateAsync(remark.id)),
    });
  return (
    <Menu position="bottom-end" withinPortal>
      <Menu.Target>
        <ActionIcon variant="subtle" color="gray" size={28} aria-label={t("common:actions")}>
          <IconDots size={16} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item onClick={onEdit}>{t("comments.edit")}</Menu.Item>
        <Menu.Item color="red" onClick={ask}>
          {t("comments.delete")}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
