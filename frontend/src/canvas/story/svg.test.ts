import { expect, test } from "vitest";

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

test("long words are cut where the card ends", () => {
  const long = { ...words, summaries: { points: "x".repeat(200) } };
  expect(drawPicture(scoring, catalog, long).svg).not.toContain("x".repeat(40));
});
