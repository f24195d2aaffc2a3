import { Button, Stack, Switch, Text } from "@mantine/core";
import { IconMessage, IconNote } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { useAddComment } from "@/api/together";
import { useCan } from "@/api/session";
import type { Thread } from "@/api/types";
import { useDocument, useEditorScope, useStepWords } from "@/canvas/state/EditorContext";
import { select } from "@/canvas/state/store";
import { type Talk, useTogether } from "@/canvas/together/TogetherContext";
import { nodeById } from "@/flow/graph";
import { EmptyState } from "@/ui/feedback/EmptyState";
import { useFormat } from "@/ui/format";
import { PanelBody, SidePanel } from "@/ui/panel/SidePanel";

import { Composer } from "./Composer";
import classes from "./comments.module.css";
import { ThreadCard } from "./ThreadCard";
import { useSharedComment } from "./useSharedComment";

/** What people say about one step, or about all of them and on notes. */
export function CommentsPanel() {
  const { t } = useTranslation("together");
  const words = useStepWords();
  const format = useFormat();
  const { talk, showTalk } = useTogether();
  const node = talk?.node ?? null;
  useSharedComment();
  const title = node === null ? t("comments.title") : format.named(t("comments.title"), words.step(node));
  return (
    <SidePanel opened={talk !== undefined} onClose={() => showTalk(undefined)} title={title}>
      <PanelBody>{talk && <Threads key={talk.thread} {...talk} />}</PanelBody>
    </SidePanel>
  );
}

function Threads({ node, thread: first, resolved: begin = false }: Talk) {
  const { t } = useTranslation("together");
  const { automation } = useEditorScope();
  const { threads, showTalk, place } = useTogether();
  const may = useCan()("automations.comment");
  const add = useAddComment(automation);
  const [resolved, setResolved] = useState(begin);
  const about = threads.filter((thread) => node === null || thread.node === node);
  const settled = about.filter((thread) => thread.resolved_at !== null);
  const shown = resolved ? about : about.filter((thread) => thread.resolved_at === null);
  return (
    <Stack gap="md">
      {may && node !== null && (
        <Composer
          autoFocus={shown.length === 0 && first === undefined}
          label={t("comments.write")}
          verb={t("comments.send")}
          onSend={(text, mentions) => add.mutateAsync({ text, mentions, node })}
        />
      )}
      {may && node === null && (
        <Button
          variant="default"
          leftSection={<IconNote size={16} />}
          onClick={() => {
            showTalk(undefined);
            place("new");
          }}
        >
          {t("comments.note")}
        </Button>
      )}
      {settled.length > 0 && (
        <Switch
          label={t("comments.show_resolved")}
          checked={resolved}
          onChange={(event) => setResolved(event.currentTarget.checked)}
        />
      )}
      {shown.length === 0 && node === null && (
        <EmptyState icon={<IconMessage size={22} stroke={1.6} />} title={t("comments.none")} body={t("comments.none_detail")} />
      )}
      {shown.map((thread) => (
        <section key={thread.id} ref={thread.id === first ? intoView : undefined}>
          {node === null && <About thread={thread} />}
          <ThreadCard thread={thread} />
        </section>
      ))}
    </Stack>
  );
}

function intoView(element: HTMLElement | null): void {
  element?.scrollIntoView({ block: "nearest" });
}

/** Names what a thread is about; a step is shown on the canvas. */
function About({ thread }: { thread: Thread }) {
  const { t } = useTranslation("together");
  const { editor } = useEditorScope();
  const words = useStepWords();
  const document = useDocument();
  const { node } = thread;
  if (node === null || !nodeById(document, node)) {
    return (
      <Text size="xs" c="dimmed" mb={4}>
        {t(node === null ? "comments.is_note" : "comments.gone")}
      </Text>
    );
  }
  return (
    <button type="button" className={classes["about"]} onClick={() => select(editor, [node], node)}>
      {words.step(node)}
    </button>
  );
}
