import { afterEach, expect, test, vi } from "vitest";

import { emptyDocument } from "@/flow/testing/empty";

import { keep, keptDraft } from "./kept";

const draft = emptyDocument("Kept");

afterEach(() => {
  vi.restoreAllMocks();
  window.localStorage.clear();
});

test("a draft comes back as long as the server's is the one it was made from", () => {
  keep(7, { revision: 3, document: draft });
  expect(keptDraft(7, 3)).toEqual(draft);
  expect(keptDraft(7, 4)).toBeNull();
  expect(keptDraft(7, 3)).toBeNull();
});

test.each(["{", "null", "7"])("what was damaged (%s) is as good as nothing", (text) => {
  window.localStorage.setItem("cadenza-draft-7", text);
  expect(keptDraft(7, 3)).toBeNull();
});

test("a full store stops nobody", () => {
  vi.spyOn(Storage.prototype, "setItem").mockImplementation(() => {
    throw new DOMException("full", "QuotaExceededError");
  });
  expect(() => keep(7, { revision: 3, document: draft })).not.toThrow();
});
