import { expect, test } from "vitest";

import { addNode, rename } from "@/flow/commands";
import { nodeById } from "@/flow/graph";
import { record, startHistory, undo } from "@/flow/history";
import { scoring, waiting } from "@/flow/testing/scoring";

import { continued } from "./useKeptHistory";

const kept = record(startHistory(scoring), addNode(scoring, waiting));

test("what was done before a reload can be undone after it", () => {
  const again = continued(kept, kept.present, startHistory(kept.present));
  expect(undo(again)?.present).toEqual(scoring);
});

test("what was done while the history was being read comes after it", () => {
  const since = record(startHistory(kept.present), rename(kept.present, "Hot leads"));
  const again = continued(kept, kept.present, since);
  expect(again.past.map((entry) => entry.name)).toEqual(["add", "rename"]);
  expect(again.present.name).toBe("Hot leads");
});

test("undoing after a reload leaves alone what somebody else did meanwhile", () => {
  const theirs = addNode(kept.present, { type: "exit", config: {} }).document;
  const again = undo(continued(kept, theirs, startHistory(theirs)))?.present ?? theirs;
  expect(nodeById(again, "send_alert")).toBeUndefined();
  expect(nodeById(again, "exit")).toBeDefined();
});
