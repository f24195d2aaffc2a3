import { expect, test } from "vitest";

import { draftOf } from "./draft";

const pipelines = [
  { id: 1, name: "Old", is_default: false, stages: [{ id: 10, name: "Lead" }] },
  { id: 2, name: "Sales", is_default: true, stages: [{ id: 20, name: "New" }, { id: 21, name: "Won" }] },
];

test("a new deal begins open, at the first stage of the default pipeline", () => {
  expect(draftOf(undefined, pipelines)).toMatchObject({ pipeline_id: 2, stage_id: 20, status: "open", amount: null });
});
