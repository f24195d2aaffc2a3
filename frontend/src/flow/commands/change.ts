/** Changes that leave the graph as it is. */

import { type Catalog, portsOf } from "@/flow/catalog";
import type { AutomationDocument, JsonObject, Positions, Settings } from "@/flow/document";

import { type Edit, typesOf } from "./edit";

/** Configure a step. Edges from ways out that it no longer has go with them. */
export function setConfig(document: AutomationDocument, catalog: Catalog, id: string, config: JsonObject): Edit {
  const nodes = document.nodes.map((node) => (node.id === id ? { ...node, config } : node));
  const ports = new Set(
    nodes.filter((node) => node.id === id).flatMap((node) => portsOf(node, document, catalog).map(({ key }) => key)),
  );
  const edges = document.edges.filter((edge) => edge.from !== id || ports.has(edge.port));
  return change("configure", { ...document, nodes, edges }, [id]);
}

export function rename(document: AutomationDocument, name: string): Edit {
  return change("rename", { ...document, name }, []);
}

/** Merge `patch` into the settings; a key set to undefined is removed. */
export function setSettings(document: AutomationDocument, patch: Settings): Edit {
  const merged = Object.entries({ ...document.settings, ...patch }).filter(([, value]) => value !== undefined);
  return change("settings", { ...document, settings: Object.fromEntries(merged) }, []);
}

/** Begin with what a template holds; the name stays. */
export function fillFrom(document: AutomationDocument, template: AutomationDocument): Edit {
  return change("template", { ...template, name: document.name }, []);
}

/** Begin again with what an earlier version holds; the name stays. */
export function restore(document: AutomationDocument, earlier: AutomationDocument): Edit {
  return change("restore", { ...earlier, name: document.name }, []);
}

/** Place steps where a person put them. */
export function placeNodes(document: AutomationDocument, places: Positions): Edit {
  return change("move", { ...document, layout: { ...document.layout, ...places } }, Object.keys(places));
}

/** Forget where steps were placed by hand. */
export function tidy(document: AutomationDocument): Edit {
  return change("tidy", { ...document, layout: {} }, []);
}

function change(name: Edit["name"], document: AutomationDocument, ids: readonly string[]): Edit {
  return { name, document, types: typesOf(document, new Set(ids)), touched: ids };
}
