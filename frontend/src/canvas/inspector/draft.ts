/** Settings that were changed but not applied. */

import type { Problem } from "@/api/editor";
import type { Draft } from "@/canvas/state/store";
import type { Catalog } from "@/flow/catalog";
import { type Edit, setConfig } from "@/flow/commands";
import type { AutomationDocument, FlowNode, Json, JsonObject } from "@/flow/document";
import { nodeById } from "@/flow/graph";
import { asObject } from "@/flow/json";
import { effectiveConfig } from "@/nodes/form/shape";

interface Made {
  readonly of: AutomationDocument;
  readonly by: Catalog;
  readonly edit: Edit;
}

const made = new WeakMap<Draft, Made>();

/** What applying the draft does; the same edit each time, so that what was asked about it need not be asked again. */
export function editOf(document: AutomationDocument, catalog: Catalog, draft: Draft): Edit | null {
  const known = made.get(draft);
  if (known && known.of === document && known.by === catalog) return known.edit;
  const node = nodeById(document, draft.node);
  if (!node) return null;
  const type = catalog.get(node.type);
  const config = type ? effectiveConfig(type.schema, type.ui_schema, draft.config) : draft.config;
  const edit = setConfig(document, catalog, node.id, config);
  made.set(draft, { of: document, by: catalog, edit });
  return edit;
}

/** The document as it would be with the draft applied. */
export function withDraft(document: AutomationDocument, catalog: Catalog, draft: Draft | null): AutomationDocument {
  return (draft && editOf(document, catalog, draft)?.document) ?? document;
}

/** The faults of a step's settings. */
export function faultsOf(problems: readonly Problem[], node: FlowNode): Problem[] {
  return problems.filter((problem) => problem.node === node.id && problem.field !== null && problem.field !== "");
}

interface Shown {
  /** The faults with what was changed since. */
  problems: readonly Problem[];
  /** Those that the step was applied with. */
  applied: readonly Problem[];
  node: FlowNode;
  draft: Draft | null;
  /** It was never applied: only fields that were touched may be wrong. */
  fresh: boolean;
}

/**
 * The faults that open settings show. Where something is not filled in yet, that is none until it is applied so; only
 * what was taken away is missed at once.
 */
export function faultsToShow({ problems, applied, node, draft, fresh }: Shown): Problem[] {
  const known = new Set(fresh ? [] : faultsOf(applied, node).map(nameOf));
  const config = draft?.config ?? node.config;
  return faultsOf(problems, node).filter((problem) => {
    const path = problem.field ?? "";
    if (known.has(nameOf(problem))) return true;
    if (problem.code === "missing") return isGiven(at(node.config, path));
    const [name = ""] = partsOf(path);
    return !fresh || JSON.stringify(config[name]) !== JSON.stringify(node.config[name]);
  });
}

const nameOf = ({ field, code }: Problem): string => `${field ?? ""} ${code}`;
const partsOf = (path: string): string[] => path.split(/[.[\]]+/).filter(Boolean);
const isGiven = (value: Json | undefined): boolean => value !== undefined && value !== null && value !== "";

/** The value at a path such as `condition.all[1].value`. */
function at(config: JsonObject, path: string): Json | undefined {
  return partsOf(path).reduce<Json | undefined>(
    (whole, part) => (Array.isArray(whole) ? (whole as readonly Json[])[Number(part)] : asObject(whole)[part]),
    config,
  );
}
