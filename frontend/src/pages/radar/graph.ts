import type { Radar, RadarLink } from "@/api/types";

export type ThingKind = Radar["things"][number]["kind"];
export type Way = RadarLink["way"];

/** An automation, or something that automations share. */
export interface Spot {
  id: string;
  label: string;
  kind: ThingKind;
  /** Null for a thing. */
  automation: Radar["automations"][number] | null;
  findings: number;
}

/** What happens between two spots, in the direction in which it takes effect. */
export interface Tie {
  id: string;
  from: string;
  to: string;
  ways: Way[];
  /** The first step that does it. */
  automation: number;
  node: string | null;
}

export interface Graph {
  spots: Spot[];
  ties: Tie[];
}

export const spotOf = (automation: number) => `automation:${automation}`;
const inward: ReadonlySet<Way> = new Set<Way>(["enters", "reads"]);

/** The map of what is left when only things of these kinds are shown; automations always are. */
export function graphOf(radar: Radar, kinds: ReadonlySet<ThingKind>): Graph {
  const shown = new Set(radar.automations.map(({ id }) => spotOf(id)));
  for (const { id, kind } of radar.things) if (kinds.has(kind)) shown.add(id);
  const ties = new Map<string, Tie>();
  for (const { automation, node, way, thing } of radar.links) {
    const own = spotOf(automation);
    if (!shown.has(thing)) continue;
    const [from, to] = inward.has(way) ? [thing, own] : [own, thing];
    const id = `${from}>${to}`;
    const tie = ties.get(id) ?? { id, from, to, ways: [], automation, node };
    if (!tie.ways.includes(way)) tie.ways.push(way);
    ties.set(id, tie);
  }
  // What an automation changes, it may well look at: one line between the two says enough.
  for (const { id, from, to, ways } of ties.values()) {
    if (ways.every((way) => way === "reads") && ties.has(`${to}>${from}`)) ties.delete(id);
  }
  const tied = new Set([...ties.values()].flatMap(({ from, to }) => [from, to]));
  const things = radar.things.filter(({ id, kind }) => kind !== "automation" && tied.has(id));
  return {
    spots: [
      ...radar.automations.map((automation) => ({
        id: spotOf(automation.id),
        label: automation.name,
        kind: "automation" as const,
        automation,
        findings: radar.findings.filter(({ witness }) => witness.some((place) => place.automation === automation.id)).length,
      })),
      ...things.map((thing) => ({ ...thing, automation: null, findings: 0 })),
    ],
    ties: [...ties.values()],
  };
}

/** A spot and all that it is tied to. */
export function around(graph: Graph, spot: string): Set<string> {
  const found = new Set([spot]);
  for (const { from, to } of graph.ties) {
    if (from === spot) found.add(to);
    if (to === spot) found.add(from);
  }
  return found;
}
