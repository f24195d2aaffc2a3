import { expect, test } from "vitest";

import { makeCatalog } from "@/flow/catalog";
import { emptyDocument } from "@/flow/testing/empty";

import { previewOf } from "./preview";

const kind = (key: string, of: "trigger" | "action") => ({
  key,
  kind: of,
  label: key,
  description: "",
  icon: "",
  search: [],
  ports: [{ key: "next", label: "", opens: "always" as const }],
  schema: {},
  ui_schema: {},
  example: {},
});

test("a template without stored positions is drawn from top to bottom, each step in the colour of its kind", () => {
  const catalog = makeCatalog([kind("opened", "trigger"), kind("tag", "action")]);
  const document = {
    ...emptyDocument("x"),
    nodes: [
      { id: "a", type: "opened", config: {} },
      { id: "b", type: "tag", config: {} },
    ],
    edges: [{ from: "a", port: "next", to: "b" }],
  };
  const { nodes, edges } = previewOf(document, catalog);
  expect(nodes.map((node) => node.kind)).toEqual(["trigger", "action"]);
  expect(nodes[1]?.y).toBeGreaterThan(nodes[0]?.y ?? 0);
  expect(edges).toHaveLength(1);
});
