import { expect, test } from "vitest";

import { makeCatalog, searchTypes, suggestedTypes } from "./catalog";
import { sameMeaning } from "./document";
import { leadingTo, openExits, reachableFrom } from "./graph";
import { isPending, structuralProblems } from "./problems";
import { emptyDocument } from "./testing/empty";
import { catalog, scoring, stepType } from "./testing/scoring";
import { stepFrom } from "./walk";

const unknown = { ...scoring, nodes: [...scoring.nodes, { id: "odd", type: "from_the_future", config: { a: 1 } }] };

test("what lies up- and downstream of a step is found", () => {
  expect([...reachableFrom(scoring, ["hot"])].toSorted()).toEqual(["alert", "assign", "hot"]);
  expect([...leadingTo(scoring, "points")].toSorted()).toEqual(["opened", "points", "pushed"]);
});

test("open ends are the ports that lead nowhere", () => {
  expect(openExits(scoring, catalog)).toEqual([
    { from: "hot", port: "no" },
    { from: "alert", port: "next" },
  ]);
});

test("the arrow keys walk on, back and between branches", () => {
  expect(stepFrom(scoring, catalog, null, "next")).toBe("opened");
  expect(stepFrom(scoring, catalog, "opened", "next")).toBe("points");
  expect(stepFrom(scoring, catalog, "points", "back")).toBe("opened");
  expect(stepFrom(scoring, catalog, "opened", "right")).toBe("pushed");
  expect(stepFrom(scoring, catalog, "pushed", "left")).toBe("opened");
  expect(stepFrom(scoring, catalog, "alert", "next")).toBeNull();
});

test("a step without a way to it, a missing trigger and an unknown type are faults", () => {
  expect(structuralProblems(scoring, catalog)).toEqual([]);
  expect(structuralProblems(emptyDocument("New"), catalog)).toEqual([{ node: null, code: "no_trigger" }]);
  expect(structuralProblems(unknown, catalog).map(({ code }) => code)).toEqual(["unknown_type", "unreachable"]);
});

test("types are found by the words of their label and search words, in any language, accents ignored", () => {
  expect(searchTypes(catalog.values(), "opened").map((type) => type.key)).toEqual(["email_opened"]);
  expect(searchTypes(catalog.values(), "ОТКРЫТ").map((type) => type.key)).toEqual(["email_opened"]);
  expect(searchTypes(catalog.values(), "scóre")[0]?.key).toBe("update_attribute");
  expect(searchTypes(catalog.values(), "opened", ["rule"])).toEqual([]);
  expect(searchTypes(catalog.values(), "", ["trigger"])).toHaveLength(2);
});

test("types stand in the order of their names, as the language sorts them", () => {
  const types = ["zone", "étape", "element"].map((label) => ({ ...stepType("x", "action", []), key: label, label }));
  expect([...makeCatalog(types, "fr").keys()]).toEqual(["element", "étape", "zone"]);
});

test("an empty canvas is offered what is suggested, in the order that is declared", () => {
  const types = [null, 2, 1].map((suggested, index) => ({ ...stepType(`t${String(index)}`, "trigger", []), suggested }));
  expect(suggestedTypes(makeCatalog(types)).map(({ key }) => key)).toEqual(["t2", "t1"]);
});

test("what comes next on an empty canvas, or in a step just put there, is no fault yet", () => {
  const none = { node: null, field: null, code: "no_trigger", severity: "error" } as const;
  const unset = { node: "hot", field: "condition", code: "missing", severity: "error" } as const;
  const endless = { node: "hot", field: null, code: "empty_branches", severity: "warning" } as const;
  const cutOff = { node: "hot", field: null, code: "unreachable_step", severity: "error" } as const;
  expect(isPending(none, emptyDocument("New"), new Set())).toBe(true);
  expect(isPending(none, scoring, new Set())).toBe(false);
  expect(isPending(unset, scoring, new Set(["hot"]))).toBe(true);
  expect(isPending(unset, scoring, new Set())).toBe(false);
  expect(isPending(endless, scoring, new Set(["hot"]))).toBe(true);
  expect(isPending(cutOff, scoring, new Set(["hot"]))).toBe(true);
  expect(isPending(cutOff, scoring, new Set())).toBe(false);
  expect(isPending({ ...unset, code: "unknown_attribute" }, scoring, new Set(["hot"]))).toBe(false);
});

test("moving steps and writing parts in another order changes nothing in meaning, a setting does", () => {
  const turned = { ...scoring, nodes: scoring.nodes.toReversed(), edges: scoring.edges.toReversed(), name: "Other" };
  expect(sameMeaning(scoring, { ...turned, layout: { hot: [1, 2] } })).toBe(true);
  expect(sameMeaning(scoring, { ...scoring, settings: { ...scoring.settings, re_entry: true } })).toBe(false);
});
