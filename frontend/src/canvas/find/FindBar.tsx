import { ActionIcon, CloseButton, Paper, Text, TextInput } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { IconChevronDown, IconChevronUp, IconSearch, IconUser } from "@tabler/icons-react";
import { useCallback, useEffect, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";

import { type Check, usePeopleNamed } from "@/api/editor";
import { useStepSearch } from "@/api/stepSearch";
import { useDocument, useEditor, useEditorScope } from "@/canvas/state/EditorContext";
import { say } from "@/canvas/state/store";
import { findSteps, type Found } from "@/flow/find";
import { SearchMark } from "@/ui/SearchMark";

import classes from "./find.module.css";
import { useFind } from "./FindContext";
import { useLook } from "./useLook";
import { useNames } from "./useNames";

/** The search on the canvas: steps that hold the words light up, and Enter goes from one to the next. */
export function FindBar({ check }: { check: Check | undefined }) {
  const opened = useEditor((state) => state.panel === "find");
  return opened && <Find check={check} />;
}

interface Hit extends Found {
  readonly label: string;
  /** The contact who stands there; undefined: the step itself was found. */
  readonly contact?: number;
}

function Find({ check }: { check: Check | undefined }) {
  const { t } = useTranslation("reading");
  const { editor } = useEditorScope();
  const { show } = useFind();
  const look = useLook();
  const [text, setText] = useState("");
  const hits = useHits(text, check);
  const [at, setAt] = useState(0);
  const current = hits[Math.min(at, hits.length - 1)];

  const node = current?.node ?? null;
  useEffect(() => show(hits.map((hit) => hit.node), node), [hits, node, show]);
  useEffect(() => {
    if (node !== null) look(node);
  }, [look, node]);
  useEffect(() => () => show([], null), [show]);

  const move = (by: number) => {
    if (hits.length === 0) return;
    const next = (at + by + hits.length) % hits.length;
    setAt(next);
    say(editor, t("find.at", { step: hits[next]?.label ?? "", at: next + 1, of: hits.length }));
  };
  const close = useCallback(() => editor.setState({ panel: null, ...(node !== null && { selected: [node], focus: node }) }), [editor, node]);

  return (
    <Paper className={classes["bar"] ?? ""} role="search" aria-label={t("find.title")} withBorder shadow="md">
      <div className={classes["field"]}>
        <TextInput
          type="search"
          autoFocus
          flex={1}
          variant="unstyled"
          aria-label={t("find.title")}
          placeholder={t("find.placeholder")}
          leftSection={<IconSearch size={16} />}
          value={text}
          onChange={(event) => {
            setText(event.currentTarget.value);
            setAt(0);
          }}
          onKeyDown={(event) => {
            if (event.key === "Enter") move(event.shiftKey ? -1 : 1);
            if (event.key === "ArrowDown") move(1);
            if (event.key === "ArrowUp") move(-1);
            if (event.key === "Escape") close();
          }}
        />
        {text.trim() !== "" && (
          <Text size="sm" c="dimmed" className="tabular" role="status">
            {hits.length > 0 ? t("find.of", { at: Math.min(at, hits.length - 1) + 1, of: hits.length }) : t("find.none")}
          </Text>
        )}
        <ActionIcon variant="subtle" color="gray" size={28} aria-label={t("find.before")} onClick={() => move(-1)}>
          <IconChevronUp size={16} />
        </ActionIcon>
        <ActionIcon variant="subtle" color="gray" size={28} aria-label={t("find.next")} onClick={() => move(1)}>
          <IconChevronDown size={16} />
        </ActionIcon>
        <CloseButton size={28} aria-label={t("find.close")} onClick={close} />
      </div>
      {hits.length > 0 && (
        <ul className={classes["hits"]}>
          {hits.map((hit, index) => (
            <li key={`${hit.node} ${String(hit.contact ?? "")}`}>
              <button
                type="button"
                className={classes["hit"]}
                aria-current={hit === current || undefined}
                onClick={() => setAt(index)}
              >
                <span className={classes["label"]}>
                  {hit.contact !== undefined && <IconUser size={14} aria-hidden />} {hit.label}
                </span>
                {hit.words !== hit.label && <SearchMark text={hit.words} wanted={text} />}
              </button>
            </li>
          ))}
        </ul>
      )}
    </Paper>
  );
}

/** Steps, those that the server finds by what their mail says, and contacts who stand at one. */
function useHits(text: string, check: Check | undefined): readonly Hit[] {
  const { automation, words } = useEditorScope();
  const document = useDocument();
  const names = useNames();
  const [settled] = useDebouncedValue(text.trim(), 250);
  const { data: people } = usePeopleNamed(automation, settled);
  const { data: mailed } = useStepSearch(settled, { place: "text", automation_id: automation });
  return useMemo(() => {
    const said = ({ id, type }: { id: string; type: string }) => [words.type(type), check?.summaries[id] ?? ""];
    const steps = findSteps(document.nodes, text, said, names).map((hit) => ({ ...hit, label: words.step(hit.node) }));
    const ids = new Set(document.nodes.map(({ id }) => id));
    const known = new Set(steps.map(({ node }) => node));
    // What was found for the letters before stays until the answer comes.
    const wanted = text.trim().toLocaleLowerCase();
    const fits = (excerpt: string) => wanted !== "" && excerpt.toLocaleLowerCase().includes(wanted);
    const mails = (mailed ?? []).flatMap(({ node, excerpt }) =>
      node !== null && ids.has(node) && !known.has(node) && fits(excerpt) ? [{ node, label: words.step(node), words: excerpt }] : [],
    );
    const contacts = (people ?? []).flatMap(({ node, contact }) =>
      node !== null && ids.has(node)
        ? [{ node, label: contact.name || (contact.email ?? ""), words: words.step(node), contact: contact.id }]
        : [],
    );
    return [...steps, ...mails, ...contacts];
  }, [check, document, mailed, names, people, text, words]);
}
