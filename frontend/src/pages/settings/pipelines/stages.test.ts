import { expect, test } from "vitest";

import { asStages, draftsOf, newStage } from "./stages";

test("known stages keep their id, new ones have none, blank rows are dropped", () => {
  const drafts = [...draftsOf([{ id: 7, name: "Lead" }]), newStage(" Demo "), newStage(" ")];
  expect(asStages(drafts)).toEqual([{ id: 7, name: "Lead" }, { name: "Demo" }]);
});
