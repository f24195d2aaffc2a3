import { expect, test } from "vitest";

import { undoOf } from "./undoing";

test("archiving what runs, or what somebody is inside, offers no undo: their runs have ended", () => {
  expect(undoOf("archive", { state: "active", inside: 0 })).toBeNull();
  expect(undoOf("archive", { state: "paused", inside: 3 })).toBeNull();
});

test("what stands still as it stood is taken back", () => {
  expect(undoOf("archive", { state: "paused", inside: 0 })).toBe("restore");
  expect(undoOf("duplicate", { state: "draft", inside: 0 })).toBeNull();
});
