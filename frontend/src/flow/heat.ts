/** Where contacts flow, and where they are lost. */

import { type AutomationDocument, edgeKey, type FlowEdge } from "./document";

/** How many passed, stand and failed at a step, and took an edge, by `step:port`. */
export interface Figures {
  readonly nodes: Readonly<Record<string, { readonly waiting: number; readonly passed: number; readonly failed: number }>>;
  readonly edges: Readonly<Record<string, number>>;
}

export interface Heat {
  /** Of those who left the step, which part took this edge; and its width on the canvas. */
  readonly edges: ReadonlyMap<string, { readonly share: number; readonly width: number }>;
  /** Which part of those who came to a step did not come to another: they stand there, failed, or the way ended. */
  readonly lost: ReadonlyMap<string, number>;
}

const THINNEST = 1.5;
const WIDEST = 14;

export function heatOf({ nodes, edges }: AutomationDocument, figures: Figures): Heat {
  const flow = (edge: FlowEdge) => figures.edges[edgeKey(edge)] ?? 0;
  const most = Math.max(1, ...edges.map(flow));
  const onward = new Map<string, number>();
  for (const edge of edges) onward.set(edge.from, (onward.get(edge.from) ?? 0) + flow(edge));
  const lost = nodes.flatMap(({ id }) => {
    const { waiting = 0, passed = 0, failed = 0 } = figures.nodes[id] ?? {};
    const came = waiting + passed + failed;
    // Where all ways end, nobody is lost: it is the end.
    return came === 0 || !edges.some((edge) => edge.from === id) ? [] : [[id, 1 - (onward.get(id) ?? 0) / came] as const];
  });
  return {
    edges: new Map(
      edges.map((edge) => {
        const passed = figures.nodes[edge.from]?.passed ?? 0;
        const width = THINNEST + (WIDEST - THINNEST) * (flow(edge) / most);
        return [edgeKey(edge), { share: passed === 0 ? 0 : flow(edge) / passed, width }];
      }),
    ),
    lost: new Map(lost),
  };
}
