import { expect, test } from "vitest";

import { linkToStep, linkToView, viewportIn } from "./links";

const here = "https://example.com/automations/7?view=live&at=1,2,3";
const back = (link: string) => viewportIn(new URL(link).searchParams);

test("a link to the view leads back to it", () => {
  expect(back(linkToView(here, { x: -10.4, y: 20, zoom: 0.75 }))).toEqual({ x: -10, y: 20, zoom: 0.75 });
});

test("a link to a step keeps the look, and lets the step say where", () => {
  expect(linkToStep(here, "hot")).toBe("https://example.com/automations/7?view=live&step=hot");
});

test.each(["", "1,2", "1,2,x", "1,2,0", "Infinity,0,1"])("%s is no place on the canvas", (text) => {
  expect(viewportIn(new URLSearchParams({ at: text }))).toBeNull();
});
