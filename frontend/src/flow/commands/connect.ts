/** Drawing, re-routing and cutting edges. */

import type { Catalog } from "@/flow/catalog";
import type { AutomationDocument, FlowEdge } from "@/flow/document";
import { sameExit } from "@/flow/document";
import { refusalOf } from "@/flow/legality";

import { type Edit, typesOf } from "./edit";

/** Null when the connection is not legal: see `refusalOf`. */
export function connect(document: AutomationDocument, catalog: Catalog, edge: FlowEdge): Edit | null {
  if (refusalOf(document, catalog, edge)) {
    return null;
  }
  return edit("connect", { ...document, edges: [...document.edges, edge] }, edge);
}

/** Move an end of an edge. Null when the new way is not legal. */
export function reroute(document: AutomationDocument, catalog: Catalog, old: FlowEdge, wanted: FlowEdge): Edit | null {
  if (refusalOf(document, catalog, wanted, old)) {
    return null;
  }
  const edges = document.edges.map((edge) => (sameExit(edge, old) ? wanted : edge));
  return edit("reroute", { ...document, edges }, wanted);
}

export function disconnect(document: AutomationDocument, old: FlowEdge): Edit {
  return edit("disconnect", { ...document, edges: document.edges.filter((edge) => !sameExit(edge, old)) }, old);
}

function edit(name: Edit["name"], document: AutomationDocument, edge: FlowEdge): Edit {
  return { name, document, types: typesOf(document, new Set([edge.from, edge.to])), touched: [edge.from] };
}
