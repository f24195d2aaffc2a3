import { ActionIcon, Button, ScrollArea, Text } from "@mantine/core";
import { IconPlus, IconX } from "@tabler/icons-react";
import { useEffect, useMemo } from "react";
import { useTranslation } from "react-i18next";

import type { Check, Stats } from "@/api/editor";
import { AddButton } from "@/canvas/board/AddButton";
import { EdgeCount } from "@/canvas/board/StepEdge";
import { type Figured, useFigures } from "@/canvas/board/useFigures";
import { useDrawn, useEditor, useEditorScope, useStepWords, useVerbs } from "@/canvas/state/EditorContext";
import { select } from "@/canvas/state/store";
import { edgeKey, exitKey } from "@/flow/document";
import { stepsOf } from "@/flow/drawn";
import { edgeAt } from "@/flow/graph";
import { groupById, groupOf } from "@/flow/groups";
import { outlineOf, type OutlineRow, rowKey } from "@/flow/outline";

import classes from "./Outline.module.css";
import { GroupRow } from "./GroupRow";
import { StepRow } from "./StepRow";
import { useOutline } from "./useOutline";

interface OutlineProps {
  check: Check | undefined;
  stats: Stats | undefined;
}

/** The automation as a list beside the canvas, or in its place on a phone: all that the canvas does, without drawing. */
export function Outline({ check, stats }: OutlineProps) {
  const { t } = useTranslation("editor");
  const { editor } = useEditorScope();
  const { document, catalog, cardOf } = useDrawn();
  const readOnly = useEditor((state) => state.readOnly);
  const selected = useEditor((state) => state.selected[0]);
  const first = (selected && cardOf.get(selected)) ?? selected ?? document.nodes[0]?.id;
  const [, toggle] = useOutline();
  const figured = useFigures(stats);
  const rows = useMemo(() => outlineOf(document, catalog), [document, catalog]);
  const isGrouped = (row: OutlineRow) => row.kind === "step" && groupOf(document, row.id) !== undefined;
  useEffect(() => {
    editor.setState({ home: "outline" });
    return () => editor.setState({ home: "board" });
  }, [editor]);
  return (
    <section className={classes["outline"]} aria-label={t("outline.title")} data-outline>
      <header className={classes["header"]}>
        <h2>{t("outline.title")}</h2>
        <ActionIcon variant="subtle" color="gray" size={32} aria-label={t("outline.hide")} onClick={toggle}>
          <IconX size={18} />
        </ActionIcon>
      </header>
      <ScrollArea className={classes["scroll"] ?? ""} type="auto" scrollbars="y" scrollbarSize={8}>
        {rows.length === 0 && (
          <Text size="sm" c="dimmed" p="md">
            {t("outline.empty")}
          </Text>
        )}
        <ol className={classes["rows"]}>
          {rows.map((row) => (
            <li
              key={rowKey(row)}
              className={classes["row"]}
              data-kind={row.kind}
              data-root={(row.kind === "step" && row.exit === null) || undefined}
              data-grouped={isGrouped(row) || undefined}
              style={{ paddingInlineStart: `calc(12px + ${String(row.depth)} * var(--indent))` }}
            >
              {row.depth > 0 && <span className="visually-hidden">{t("outline.level", { level: row.depth })} </span>}
              {row.kind === "step" || row.kind === "group" ? (
                <Told row={row} tabStop={row.id === first} check={check} stats={stats} figured={figured} />
              ) : (
                <Way row={row} figured={figured} />
              )}
            </li>
          ))}
        </ol>
        {!readOnly && <Beginning />}
      </ScrollArea>
    </section>
  );
}

interface ToldProps extends OutlineProps {
  row: Extract<OutlineRow, { kind: "step" | "group" }>;
  tabStop: boolean;
  figured: Figured;
}

/** A step, or a group: the name of an open one, or all that is shown of a collapsed one. */
function Told({ row: { kind, id }, stats, ...props }: ToldProps) {
  const { document, cards } = useDrawn();
  const collapsed = cards.get(id);
  const group = kind === "group" ? groupById(document, id) : collapsed;
  if (!group) return <StepRow id={id} {...props} />;
  return <GroupRow group={group} card={collapsed ? id : null} stats={stats} {...props} />;
}

interface WayProps {
  row: Exclude<OutlineRow, { kind: "step" | "group" }>;
  figured: Figured;
}

/** A way out of a split, one that ends here, or one that goes on to a step told before. */
function Way({ row, figured: { figures, heat } }: WayProps) {
  const { t } = useTranslation("editor");
  const { editor } = useEditorScope();
  const words = useStepWords();
  const drawn = useDrawn();
  const readOnly = useEditor((state) => state.readOnly);
  if (row.kind === "again") {
    return (
      <button type="button" className={classes["again"]} onClick={() => select(editor, stepsOf(drawn, row.id), row.id)}>
        {t("outline.again", { step: words.step(row.id) })}
      </button>
    );
  }
  if (row.kind === "open") {
    if (!readOnly) return <Open row={row} />;
    const left = figures?.edges[exitKey(row.exit)];
    return (
      <span className={classes["end"]}>
        {t("outline.end")}
        {left !== undefined && ` · ${t("counts.left", { count: left })}`}
      </span>
    );
  }
  const shown = edgeAt(drawn.document, row.exit);
  const [edge, ...others] = (shown && drawn.behind.get(edgeKey(shown))) ?? [];
  const key = exitKey(row.exit);
  return (
    <>
      <span className={classes["branch"]}>{row.label}</span>
      {edge && others.length === 0 && !readOnly && <AddButton spot={{ kind: "edge", edge }} />}
      {edge && readOnly && <EdgeCount data={{ edge, count: figures?.edges[key], share: heat?.edges.get(key)?.share }} />}
    </>
  );
}

/** The place for a step at an open end. */
function Open({ row: { exit } }: { row: Extract<OutlineRow, { kind: "open" }> }) {
  const { t } = useTranslation("editor");
  const { editor } = useEditorScope();
  const words = useStepWords();
  return (
    <Button
      size="compact-sm"
      variant="subtle"
      leftSection={<IconPlus size={14} aria-hidden />}
      aria-label={t("add.after", { step: words.step(exit.from), port: words.port(exit) })}
      aria-haspopup="dialog"
      onClick={(event) => {
        const { left, bottom } = event.currentTarget.getBoundingClientRect();
        editor.setState({ picker: { spot: { kind: "end", exit }, at: [left, bottom + 4] } });
      }}
    >
      {t("outline.add")}
    </Button>
  );
}

/** Another beginning: a trigger, or a step that is connected later. */
function Beginning() {
  const { t } = useTranslation("editor");
  const { editor } = useEditorScope();
  const verbs = useVerbs();
  return (
    <Button
      m="sm"
      size="compact-sm"
      variant="default"
      leftSection={<IconPlus size={14} aria-hidden />}
      aria-haspopup="dialog"
      onClick={(event) => {
        const { left, bottom } = event.currentTarget.getBoundingClientRect();
        editor.setState({ picker: { spot: verbs.spotAfter(null), at: [left, bottom + 4] } });
      }}
    >
      {t("outline.begin")}
    </Button>
  );
}
