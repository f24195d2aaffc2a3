import type { Catalog, NodeKind } from "@/flow/catalog";
import type { AutomationDocument } from "@/flow/document";
import { positionsOf } from "@/flow/layout";

export interface PreviewNode {
  id: string;
  x: number;
  y: number;
  kind: NodeKind;
}

export interface Preview {
  nodes: PreviewNode[];
  edges: { key: string; from: PreviewNode; to: PreviewNode }[];
}

/** A miniature of an automation: its nodes where the editor would draw them. */
export function previewOf(document: AutomationDocument, catalog: Catalog): Preview {
  const positions = positionsOf(document, catalog);
  const nodes = document.nodes.map(({ id, type }): PreviewNode => {
    const [x, y] = positions[id] ?? [0, 0];
    return { id, x, y, kind: catalog.get(type)?.kind ?? "action" };
  });
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const edges = document.edges.flatMap(({ from, port, to }) => {
    const [start, end] = [byId.get(from), byId.get(to)];
    return start && end ? [{ key: `${from}:${port}`, from: start, to: end }] : [];
  });
  return { nodes, edges };
}
