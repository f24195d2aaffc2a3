import { expect, test } from "vitest";

import { asStages, draftsOf, moved, newStage } from "./stages";

test("a stage moves up and down, and not out of the list", () => {
  const stages = ["a", "b", "c"];
  expect(moved(stages, 2, 0)).toEqual(["c", "a", "b"]);
  expect(moved(stages, 0, 1)).toEqual(["b", "a", "c"]);
  expect(moved(stages, 0, -1)).toEqual(stages);
});

test("known stages keep their id, new ones have none, blank rows are dropped", () => {
  const drafts = [...draftsOf([{ id: 7, name: "Lead" }]), newStage(" Demo "), newStage(" ")];
  expect(asStages(drafts)).toEqual([{ id: 7, name: "Lead" }, { name: "Demo" }]);
});
