/** The lead-scoring automation and a small catalog, for tests. */

import { type Catalog, makeCatalog, type NodeKind, type NodeType } from "@/flow/catalog";
import type { AutomationDocument } from "@/flow/document";

import { emptyDocument } from "./empty";

export function stepType(key: string, kind: NodeKind, ports: string[], search: string[] = []): NodeType {
  return {
    key,
    kind,
    label: key.replaceAll("_", " "),
    description: "",
    icon: "IconBolt",
    search,
    ports: ports.map((port) => ({ key: port, label: port, opens: "always" })),
    schema: {},
    ui_schema: {},
    example: {},
  };
}

export const catalog: Catalog = makeCatalog([
  stepType("email_opened", "trigger", ["next"], ["ouvert", "открыт"]),
  stepType("web_push_clicked", "trigger", ["next"]),
  stepType("update_attribute", "action", ["next"], ["score"]),
  stepType("conditional_split", "rule", ["yes", "no"]),
  stepType("assign_owner", "action", ["next"]),
  stepType("send_alert", "action", ["next"]),
  stepType("exit", "rule", []),
  branching(),
]);

/** A split whose ways out follow from its configuration. */
function branching(): NodeType {
  const listed = [
    { id: "a", name: "A" },
    { id: "b", name: "B" },
  ];
  return {
    ...stepType("random_split", "rule", []),
    ports: [
      { key: "branches", label: "Branches", opens: "each" },
      { key: "control", label: "Control group", opens: "filled" },
      { key: "else", label: "Else", opens: "always" },
    ],
    schema: { properties: { branches: { default: listed } } },
  };
}

export const scoring: AutomationDocument = {
  ...emptyDocument("Lead scoring"),
  nodes: [
    { id: "opened", type: "email_opened", config: {} },
    { id: "pushed", type: "web_push_clicked", config: {} },
    { id: "points", type: "update_attribute", config: { attribute: "SCORE", operation: "add", value: 5 } },
    { id: "hot", type: "conditional_split", config: {} },
    { id: "assign", type: "assign_owner", config: {} },
    { id: "alert", type: "send_alert", config: {} },
  ],
  edges: [
    { from: "opened", port: "next", to: "points" },
    { from: "pushed", port: "next", to: "points" },
    { from: "points", port: "next", to: "hot" },
    { from: "hot", port: "yes", to: "assign" },
    { from: "assign", port: "next", to: "alert" },
  ],
};

export const waiting = { type: "send_alert", config: {} };

/** A stream of numbers in [0, 1) that is the same at every run. */
export function dice(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_664_525 + 1_013_904_223) % 4_294_967_296;
    return state / 4_294_967_296;
  };
}
