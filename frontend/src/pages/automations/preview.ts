import type { AutomationDocument } from "@/flow/document";

export interface PreviewNode {
  id: string;
  x: number;
  y: number;
  /** By its place in the graph: where contacts come in, where ways part, or a plain step. */
  role: "start" | "fork" | "step";
}

export interface Preview {
  nodes: PreviewNode[];
  edges: { key: string; from: PreviewNode; to: PreviewNode }[];
}

/** A miniature of an automation from its stored positions; nodes without one are left out. */
export function previewOf({ nodes, edges, layout }: AutomationDocument): Preview {
  const entered = new Set(edges.map(({ to }) => to));
  const exits = (id: string) => new Set(edges.filter(({ from }) => from === id).map(({ port }) => port)).size;
  const roleOf = (id: string) => {
    if (!entered.has(id)) return "start";
    return exits(id) > 1 ? "fork" : "step";
  };
  const drawn = nodes.flatMap(({ id }) => {
    const spot = layout[id];
    return spot ? [{ id, x: spot[0], y: spot[1], role: roleOf(id) } as const] : [];
  });
  const byId = new Map(drawn.map((node) => [node.id, node]));
  const lines = edges.flatMap(({ from, port, to }) => {
    const [start, end] = [byId.get(from), byId.get(to)];
    return start && end ? [{ key: `${from}:${port}`, from: start, to: end }] : [];
  });
  return { nodes: drawn, edges: lines };
}
