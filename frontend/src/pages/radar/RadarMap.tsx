import "@xyflow/react/dist/style.css";

import { Text } from "@mantine/core";
import { IconAlertTriangle, IconBellCheck, IconBolt, IconBriefcase, IconCoins, IconForms, IconListDetails, IconRoute, IconSend, IconTag } from "@tabler/icons-react";
import {
  Background,
  BackgroundVariant,
  Controls,
  type Edge,
  Handle,
  MarkerType,
  type Node,
  type NodeProps,
  Position,
  ReactFlow,
} from "@xyflow/react";
import { memo, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";

import type { Radar } from "@/api/types";
import { useFormat } from "@/ui/format";
import { editorAt } from "@/ui/editorAt";
import { useMapLabels } from "@/ui/map/useMapLabels";

import { around, graphOf, type Spot, type ThingKind, type Tie } from "./graph";
import { placesOf, SPOT_HEIGHT, SPOT_WIDTH } from "./layout";
import classes from "./Radar.module.css";

interface SpotData extends Record<string, unknown> {
  spot: Spot;
  faded: boolean;
}
type SpotNode = Node<SpotData, "spot">;
type TieEdge = Edge<{ tie: Tie }>;

const icons = {
  automation: IconRoute,
  event: IconBolt,
  attribute: IconForms,
  list: IconListDetails,
  tag: IconTag,
  consent: IconBellCheck,
  deals: IconCoins,
  owner: IconBriefcase,
  channel: IconSend,
} satisfies Record<ThingKind, unknown>;
const nodeTypes = { spot: memo(SpotCard) };
const FIT = { padding: 0.1, maxZoom: 1 } as const;
const marker = { type: MarkerType.ArrowClosed, width: 16, height: 16 } as const;

/** Automations and what they share, drawn as a graph; pointing at a spot leaves only what it is tied to. */
export function RadarMap({ radar, shown }: { radar: Radar; shown: ThingKind[] }) {
  const { t } = useTranslation("radar");
  const format = useFormat();
  const labels = useMapLabels();
  const navigate = useNavigate();
  const graph = useMemo(() => graphOf(radar, new Set(shown)), [radar, shown]);
  const places = useMemo(() => placesOf(graph), [graph]);
  const [chosen, setChosen] = useState<string | null>(null);
  const near = useMemo(() => (chosen === null ? null : around(graph, chosen)), [graph, chosen]);
  const nodes = graph.spots.map(
    (spot): SpotNode => ({
      id: spot.id,
      type: "spot",
      position: places.get(spot.id) ?? { x: 0, y: 0 },
      width: SPOT_WIDTH,
      height: SPOT_HEIGHT,
      ariaLabel: format.named(t(`kind.${spot.kind}`), spot.label),
      data: { spot, faded: near !== null && !near.has(spot.id) },
    }),
  );
  const edges = graph.ties.map((tie): TieEdge => {
    const told = chosen !== null && (tie.from === chosen || tie.to === chosen);
    const words = tie.ways.map((way) => t(`ways.${way}`)).join(", ");
    return {
      id: tie.id,
      source: tie.from,
      target: tie.to,
      markerEnd: marker,
      data: { tie },
      ariaLabel: words,
      ...(told && { label: words }),
      className: `${classes["tie"]} ${chosen !== null && !told ? classes["faded"] : ""} ${tie.ways.every((way) => way === "reads") ? classes["reads"] : ""}`,
    };
  });
  return (
    <div className={classes["map"]}>
      <ReactFlow
        key={shown.join()}
        nodes={nodes}
        edges={edges}
        nodeTypes={nodeTypes}
        fitView
        fitViewOptions={FIT}
        minZoom={0.1}
        nodesDraggable={false}
        nodesConnectable={false}
        elementsSelectable={false}
        edgesFocusable={false}
        preventScrolling={false}
        onNodeClick={(_event, { id, data }) => {
          if (chosen === id && data.spot.automation) void navigate(editorAt(data.spot.automation.id, null));
          else setChosen(id);
        }}
        onEdgeClick={(_event, edge) => edge.data && void navigate(editorAt(edge.data.tie.automation, edge.data.tie.node))}
        onPaneClick={() => setChosen(null)}
        aria-label={t("view.map")}
        ariaLabelConfig={labels}
      >
        <Background variant={BackgroundVariant.Dots} gap={24} size={1.5} color="var(--cz-line-strong)" />
        <Controls showInteractive={false} />
      </ReactFlow>
      <Text size="xs" c="dimmed" className={classes["hint"] ?? ""}>
        {t("hint")}
      </Text>
    </div>
  );
}

function SpotCard({ data: { spot, faded } }: NodeProps<SpotNode>) {
  const { t } = useTranslation("radar");
  const format = useFormat();
  const Icon = icons[spot.kind];
  return (
    <div className={classes["spot"]} data-kind={spot.kind} data-state={spot.automation?.state} data-faded={faded || undefined}>
      <Handle type="target" position={Position.Left} className={classes["handle"]} isConnectable={false} />
      <Icon size={17} stroke={1.7} aria-hidden />
      <span className={classes["label"]}>{spot.label}</span>
      {spot.findings > 0 && (
        <span className={classes["count"]} title={t("findings.title", { count: spot.findings })}>
          <IconAlertTriangle size={13} aria-hidden />
          {format.number(spot.findings)}
        </span>
      )}
      <Handle type="source" position={Position.Right} className={classes["handle"]} isConnectable={false} />
    </div>
  );
}
