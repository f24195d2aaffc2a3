/** Settings that were changed but not applied. */

import type { Problem } from "@/api/editor";
import type { Draft } from "@/canvas/state/store";
import type { Catalog } from "@/flow/catalog";
import { setConfig } from "@/flow/commands";
import type { AutomationDocument, FlowNode } from "@/flow/document";
import { nodeById } from "@/flow/graph";
import { effectiveConfig } from "@/nodes/form/shape";

/** The document as it would be with the draft applied. */
export function withDraft(document: AutomationDocument, catalog: Catalog, draft: Draft | null): AutomationDocument {
  const node = draft && nodeById(document, draft.node);
  if (!draft || !node) return document;
  const type = catalog.get(node.type);
  const config = type ? effectiveConfig(type.schema, type.ui_schema, draft.config) : draft.config;
  return setConfig(document, catalog, node.id, config).document;
}

/** The step's faults; of a step never applied only those of fields that were touched. */
export function problemsToShow(problems: readonly Problem[], node: FlowNode, touched: Draft | null | "all"): Problem[] {
  const own = problems.filter((problem) => problem.node === node.id && problem.field !== null && problem.field !== "");
  if (touched === "all") return own;
  const config = touched?.config ?? node.config;
  return own.filter(({ field }) => {
    const name = /^[^.[]*/.exec(field ?? "")?.[0] ?? "";
    return JSON.stringify(config[name]) !== JSON.stringify(node.config[name]);
  });
}
