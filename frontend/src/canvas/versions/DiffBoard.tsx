import "@xyflow/react/dist/style.css";

import { IconHourglass, IconMinus, IconPencil, IconPlus } from "@tabler/icons-react";
import {
  Background,
  BackgroundVariant,
  Controls,
  type Edge,
  Handle,
  type Node,
  type NodeProps,
  Position,
  ReactFlow,
  ReactFlowProvider,
  useReactFlow,
} from "@xyflow/react";
import { memo, useEffect, useMemo } from "react";
import { useTranslation } from "react-i18next";

import type { Stats } from "@/api/editor";
import { beyond } from "@/flow/beyond";
import { type Catalog, type NodeType, portsOf } from "@/flow/catalog";
import { type Change, type Diff, diffOf, union, wayKey } from "@/flow/diff";
import { NODE_HEIGHT, NODE_WIDTH, pictureOf, portOffset } from "@/flow/layout";
import { StepIcon } from "@/nodes/StepIcon";
import { useFormat } from "@/ui/format";
import { useMapLabels } from "@/ui/map/useMapLabels";
import { gliding } from "@/ui/motion";

import classes from "./DiffBoard.module.css";
import type { ChangeWords, Sides } from "./words";

interface CardData extends Record<string, unknown> {
  type: NodeType | undefined;
  summary: string;
  change: Change | undefined;
  waiting: number;
  offsets: readonly (readonly [port: string, offset: number])[];
  marked: boolean;
}

type CardElement = Node<CardData, "card">;

const nodeTypes = { card: memo(Card) };
/** Below all steps there is room for the buttons. */
const FIT = { padding: { top: "24px", right: "24px", bottom: "64px", left: "24px" }, maxZoom: 1 } as const;
/** Beyond this many steps only those in sight are drawn. */
const MANY = 120;

interface DiffBoardProps {
  sides: Sides;
  comparing: boolean;
  catalog: Catalog;
  words: ChangeWords;
  /** Who stands where in the version that is looked at. */
  stats: Stats | undefined;
  /** The step that is pointed at. */
  marked: string | null;
}

/** Two versions in one picture: what is new, gone or changed is marked by word, shape and colour. */
export function DiffBoard({ sides, comparing, catalog, words, stats, marked }: DiffBoardProps) {
  const { t } = useTranslation("versions");
  const labels = useMapLabels();
  const { before, after } = sides;
  const diff = useMemo(() => diffOf(before.document, after.document), [before.document, after.document]);
  const both = useMemo(() => union(before.document, after.document), [before.document, after.document]);
  const positions = useMemo(() => pictureOf(both, catalog).positions, [both, catalog]);
  const changes = new Map(diff.steps.map((step) => [step.id, step.change]));
  const nodes = both.nodes.map((node): CardElement => {
    const [x, y] = positions[node.id] ?? [0, 0];
    const change = changes.get(node.id);
    const ports = portsOf(node, both, catalog);
    return {
      id: node.id,
      type: "card",
      position: { x, y },
      width: NODE_WIDTH,
      height: NODE_HEIGHT,
      data: {
        type: catalog.get(node.type),
        summary: words.step(node.id, change === "removed" ? before : after),
        change,
        waiting: stats?.nodes[node.id]?.waiting ?? 0,
        offsets: ports.map((port, index) => [port.key, portOffset(index, ports.length)] as const),
        marked: marked === node.id,
      },
    };
  });
  return (
    <div className={classes["board"]} data-comparing={comparing || undefined}>
      <ReactFlowProvider>
        <ReactFlow
          nodes={nodes}
          edges={edgesOf(both.edges, diff, words)}
          nodeTypes={nodeTypes}
          nodesDraggable={false}
          nodesConnectable={false}
          nodesFocusable={false}
          edgesFocusable={false}
          elementsSelectable={false}
          disableKeyboardA11y
          minZoom={0.1}
          fitView
          fitViewOptions={FIT}
          onlyRenderVisibleElements={nodes.length > MANY}
          aria-label={t("canvas")}
          ariaLabelConfig={labels}
        >
          <Background variant={BackgroundVariant.Dots} gap={24} size={1.5} color="var(--cz-line-strong)" />
          <Controls showInteractive={false} orientation="horizontal" />
          <Look at={marked} />
        </ReactFlow>
      </ReactFlowProvider>
    </div>
  );
}

/** Brings a step into the middle. */
function Look({ at }: { at: string | null }) {
  const { fitView } = useReactFlow();
  useEffect(() => {
    if (at !== null) void fitView({ nodes: [{ id: at }], maxZoom: 1, ...gliding(200) });
  }, [at, fitView]);
  return null;
}

function edgesOf(edges: Sides["after"]["document"]["edges"], { ways }: Diff, words: ChangeWords): Edge[] {
  const changes = new Map(ways.map(({ edge, change }) => [wayKey(edge), change]));
  return edges.map((edge) => ({
    id: wayKey(edge),
    source: edge.from,
    sourceHandle: edge.port,
    target: edge.to,
    type: "smoothstep",
    className: changes.get(wayKey(edge)) ?? "",
    focusable: false,
    ariaLabel: words.way({ edge, change: changes.get(wayKey(edge)) ?? "added" }),
  }));
}

function Card({ data }: NodeProps<CardElement>) {
  const { t } = useTranslation("versions");
  const format = useFormat();
  const { type, summary, change, waiting, offsets } = data;
  const label = type?.label ?? t("type");
  const said = beyond(summary, label);
  return (
    <div
      className={classes["card"]}
      data-kind={type?.kind}
      data-change={change}
      data-marked={data.marked || undefined}
      data-testid="diff-step"
    >
      <Handle type="target" position={Position.Top} className={classes["handle"] ?? ""} />
      <StepIcon type={type} />
      <div className={classes["words"]}>
        {change && <Mark change={change} />}
        <div className={classes["label"]}>{label}</div>
        {said !== "" && <p className={classes["summary"]}>{said}</p>}
      </div>
      {waiting > 0 && (
        <span className={`tabular ${classes["counts"] ?? ""}`} title={t("inside", { count: waiting })}>
          <IconHourglass size={13} aria-hidden /> {format.compact(waiting)}
        </span>
      )}
      {offsets.map(([port, offset]) => (
        <Handle
          key={port}
          id={port}
          type="source"
          position={Position.Bottom}
          className={classes["handle"] ?? ""}
          style={{ left: `calc(50% + ${String(offset)}px)` }}
        />
      ))}
    </div>
  );
}

const icons = { added: IconPlus, removed: IconMinus, changed: IconPencil } as const;

/** Says in a word and a sign what became of something. */
export function Mark({ change }: { change: Change }) {
  const { t } = useTranslation("versions");
  const Icon = icons[change];
  return (
    <span className={classes["mark"]} data-change={change}>
      <Icon size={13} aria-hidden /> {t(change)}
    </span>
  );
}
