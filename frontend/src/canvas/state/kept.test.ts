import { afterEach, expect, test, vi } from "vitest";

import { emptyDocument } from "@/flow/testing/empty";

import { keep, keptDraft } from "./kept";

const draft = emptyDocument("Kept");

afterEach(() => {
  vi.restoreAllMocks();
  window.localStorage.clear();
});

const kept = { base: { revision: 3, document: emptyDocument("Base") }, document: draft };

test("a draft comes back with what it was made from, until it is kept no more", () => {
  keep(1, 7, kept);
  expect(keptDraft(1, 7)).toEqual(kept);
  expect(keptDraft(1, 8)).toBeNull();
  keep(1, 7, null);
  expect(keptDraft(1, 7)).toBeNull();
});

test("a draft is kept for whoever made it, whoever else uses the browser", () => {
  keep(1, 7, kept);
  expect(keptDraft(2, 7)).toBeNull();
  keep(2, 7, null);
  expect(keptDraft(1, 7)).toEqual(kept);
});

test.each(["{", "null", "7"])("what was damaged (%s) is as good as nothing", (text) => {
  window.localStorage.setItem("cadenza-draft-1-7", text);
  expect(keptDraft(1, 7)).toBeNull();
});

test("a full store stops nobody", () => {
  vi.spyOn(Storage.prototype, "setItem").mockImplementation(() => {
    throw new DOMException("full", "QuotaExceededError");
  });
  expect(() => keep(1, 7, kept)).not.toThrow();
});
