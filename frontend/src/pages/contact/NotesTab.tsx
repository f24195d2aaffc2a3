import { Button, Group, Stack, Text, Textarea } from "@mantine/core";
import { useForm } from "@mantine/form";
import { IconNote } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";

import { useAddNote, useContactNotes } from "@/api/contactHistory";
import { useCan } from "@/api/session";
import type { Note } from "@/api/types";
import { Card } from "@/ui/card/Card";
import { EmptyState } from "@/ui/feedback/EmptyState";
import { Loaded } from "@/ui/feedback/Loaded";
import { SkeletonRows } from "@/ui/feedback/SkeletonRows";
import { RelativeTime } from "@/ui/time/RelativeTime";
import { useSaving } from "@/ui/useSaving";

import classes from "./Timeline.module.css";

export function NotesTab({ contactId }: { contactId: number }) {
  const { t } = useTranslation("contact");
  const may = useCan()("contacts.edit");
  return (
    <Stack gap="md">
      {may && <NewNote contactId={contactId} />}
      <Loaded query={useContactNotes(contactId)} skeleton={<SkeletonRows count={3} />}>
        {({ items }) =>
          items.length === 0 ? (
            <EmptyState icon={<IconNote size={22} stroke={1.6} />} title={t("notes.none")} body={t("notes.noneBody")} />
          ) : (
            items.map((note) => <NoteCard key={note.id} note={note} />)
          )
        }
      </Loaded>
    </Stack>
  );
}

function NewNote({ contactId }: { contactId: number }) {
  const { t } = useTranslation("contact");
  const add = useAddNote(contactId);
  const form = useForm({ initialValues: { text: "" } });
  const send = useSaving(form);
  return (
    <form
      onSubmit={form.onSubmit(({ text }) => send(add, text, { onDone: () => form.reset() }))}
    >
      <Textarea label={t("notes.new")} placeholder={t("notes.placeholder")} {...form.getInputProps("text")} />
      <Group mt="xs">
        <Button type="submit" disabled={form.values.text.trim() === ""} loading={add.isPending}>
          {t("notes.add")}
        </Button>
      </Group>
    </form>
  );
}

function NoteCard({ note: { text, author, created_at } }: { note: Note }) {
  return (
    <Card>
      <Text className={classes["detail"] ?? ""}>{text}</Text>
      <Text size="sm" c="dimmed" mt="xs">
        {author && `${author} · `}
        <RelativeTime at={created_at} />
      </Text>
    </Card>
  );
}
