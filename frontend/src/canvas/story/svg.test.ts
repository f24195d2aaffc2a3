import { expect, test } from "vitest";

import { drawnOf } from "@/flow/drawn";
import { catalog, scoring } from "@/flow/testing/scoring";

import { drawPicture } from "./svg";

const words = { kind: (kind: string) => kind, type: (key: string) => key, summaries: { points: "Add 5 to <SCORE> & more" } };

function drawn(document = scoring): Document {
  return new DOMParser().parseFromString(drawPicture(document, catalog, words).svg, "image/svg+xml");
}

test("every step, line and word is in the picture, once", () => {
  const picture = drawn();
  expect(picture.querySelectorAll("path")).toHaveLength(scoring.edges.length);
  const texts = [...picture.querySelectorAll("text")].map((each) => each.textContent);
  for (const { type } of scoring.nodes) expect(texts.filter((each) => each === type)).toHaveLength(1);
  expect(texts).toContain("Add 5 to <SCORE> & more");
  expect(texts).toEqual(expect.arrayContaining(["yes", "no"]));
  expect(picture.querySelector("title")?.textContent).toBe("Lead scoring");
});

test("an empty automation has a picture too", () => {
  expect(drawn({ ...scoring, nodes: [], edges: [] }).querySelectorAll("text")).toHaveLength(0);
});

test("a collapsed group is one card; around an open one is a shape, and its name", () => {
  const group = { id: "g", name: "Warm-up & more", nodes: ["points", "hot"], collapsed: true };
  const names = (picture: Document) => [...picture.querySelectorAll("text")].map((each) => each.textContent);
  const open = { ...scoring, groups: [group] };
  expect(names(drawn(open))).toEqual(expect.arrayContaining([group.name, "update_attribute"]));
  const shut = drawnOf(open, catalog, {});
  const said = { ...words, type: (key: string) => shut.cards.get(key)?.name ?? key };
  const picture = new DOMParser().parseFromString(drawPicture(shut.document, shut.catalog, said).svg, "image/svg+xml");
  expect(names(picture)).toContain(group.name);
  expect(names(picture)).not.toContain("update_attribute");
  expect(picture.querySelectorAll("path")).toHaveLength(shut.document.edges.length);
});

test("long words are cut where the card ends", () => {
  const long = { ...words, summaries: { points: "x".repeat(200) } };
  expect(drawPicture(scoring, catalog, long).svg).not.toContain("x".repeat(40));
});

test("no letter is cut in half", () => {
  const festive = { ...words, summaries: { points: "🎉".repeat(40) } };
  expect(() => encodeURIComponent(drawPicture(scoring, catalog, festive).svg)).not.toThrow();
});
