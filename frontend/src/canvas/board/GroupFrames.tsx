import { IconChevronUp } from "@tabler/icons-react";
import { ViewportPortal } from "@xyflow/react";
import { memo, useMemo } from "react";
import { useTranslation } from "react-i18next";

import { useDocument, useDrawn, useEditorScope } from "@/canvas/state/EditorContext";
import { select } from "@/canvas/state/store";
import { firstOf } from "@/flow/drawn";
import { groupsOf } from "@/flow/groups";
import type { StepGroup } from "@/flow/document";

import type { EdgeElement, StepElement } from "./flowElements";
import classes from "./GroupFrames.module.css";
import { type Halo, haloOf } from "./halo";

interface GroupFramesProps {
  nodes: readonly StepElement[];
  edges: readonly EdgeElement[];
  /** Whether the cards are in the light layer, below this one: they must shine through, and no name can be read. */
  tiny: boolean;
}

/** Around the steps of open groups, and the lines among them: what belongs together, and its name. */
export const GroupFrames = memo(function GroupFrames({ nodes, edges, tiny }: GroupFramesProps) {
  const document = useDocument();
  const groups = groupsOf(useDrawn().document);
  const framed = useMemo(() => {
    if (groups.length === 0) return [];
    const places = new Map(nodes.map(({ id, position: { x, y } }) => [id, [x, y] as const]));
    const lines = edges.flatMap(({ source, target, data }) => (data ? [{ from: source, to: target, ...data }] : []));
    return groups.map((group) => ({ group, halo: haloOf(group, firstOf(document, group), places, lines) }));
  }, [document, edges, groups, nodes]);
  if (framed.length === 0) return null;
  return (
    <ViewportPortal>
      <svg className={classes["halos"]} data-tiny={tiny || undefined} aria-hidden>
        {framed.map(({ group, halo }) => (
          <g key={group.id}>
            <Shape halo={halo} look="edge" />
            <Shape halo={halo} look="inside" />
          </g>
        ))}
      </svg>
      {!tiny && framed.map(({ group, halo }) => <Name key={group.id} group={group} at={halo.at} />)}
    </ViewportPortal>
  );
});

/** Drawn twice, a little larger below: what is seen of that is the outline of all together. */
function Shape({ halo, look }: { halo: Halo; look: "edge" | "inside" }) {
  return (
    <>
      <path className={classes["lines"]} data-look={look} d={halo.lines} />
      {halo.cards.map(({ id, ...box }) => (
        <rect key={id} className={classes["cards"]} data-look={look} {...box} />
      ))}
    </>
  );
}

function Name({ group: { id, name, nodes }, at: [x, y] }: { group: StepGroup; at: readonly [number, number] }) {
  const { t } = useTranslation("editor");
  const { editor, verbs } = useEditorScope();
  return (
    <div className={`nodrag nopan ${classes["name"] ?? ""}`} style={{ left: x, top: y }} data-testid={`group-${id}`}>
      <button
        type="button"
        tabIndex={-1}
        aria-label={t("group.select", { name })}
        title={t("group.select", { name })}
        onClick={() => select(editor, nodes)}
        onDoubleClick={() => verbs.renameSelected()}
        onContextMenu={(event) => {
          event.preventDefault();
          verbs.openMenu(nodes[0] ?? null, [event.clientX, event.clientY]);
        }}
      >
        {name}
      </button>
      <button
        type="button"
        tabIndex={-1}
        aria-label={t("group.collapse", { name })}
        title={t("group.collapse", { name })}
        onClick={() => verbs.fold(id, true)}
      >
        <IconChevronUp size={14} aria-hidden />
      </button>
    </div>
  );
}
