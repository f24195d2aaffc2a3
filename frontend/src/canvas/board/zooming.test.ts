import { expect, test } from "vitest";

import { least, most, zoomBy } from "./zooming";

/** A board that is still on its way: what it shows stays what it was. */
function gliding() {
  const asked: number[] = [];
  return { asked, getZoom: () => 1, zoomTo: (zoom: number) => Promise.resolve(asked.push(zoom) > 0) };
}

test("steps add up before the first has arrived", () => {
  const flow = gliding();
  zoomBy(flow, 1);
  zoomBy(flow, 1);
  expect(flow.asked.at(-1)).toBeCloseTo(1.44);
});

test("neither end is passed", () => {
  const flow = gliding();
  for (let time = 0; time < 20; time += 1) zoomBy(flow, 1);
  expect(flow.asked.at(-1)).toBe(most);
  for (let time = 0; time < 40; time += 1) zoomBy(flow, -1);
  expect(flow.asked.at(-1)).toBe(least);
});
