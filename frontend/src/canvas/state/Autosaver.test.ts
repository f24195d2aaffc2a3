import { afterEach, beforeEach, expect, test, vi } from "vitest";

import { Problem } from "@/api/problem";
import { emptyDocument } from "@/flow/testing/empty";

import { Autosaver, type Kept, type SaveState } from "./Autosaver";

const one = emptyDocument("One");
const two = emptyDocument("Two");
const begun = { revision: 7, document: emptyDocument("Begun") };
const theirs = { revision: 9, document: emptyDocument("Theirs") };

function setUp() {
  const save = vi.fn((_document: typeof one, revision: number) => Promise.resolve({ draft_revision: revision + 1 }));
  const told: SaveState[] = [];
  let kept: Kept | null = null;
  const saver = new Autosaver(begun, { save, tell: (state) => told.push(state), keep: (what) => (kept = what) });
  return { save, saver, last: () => told.at(-1)?.kind, kept: () => kept };
}

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

test("changes in quick succession are saved once, within two seconds, upon the revision they began from", async () => {
  const { save, saver, last } = setUp();
  saver.changed(one);
  saver.changed(two);
  await vi.advanceTimersByTimeAsync(2000);
  expect(save.mock.calls).toEqual([[two, 7]]);
  expect(last()).toBe("saved");
});

test("each save builds on the revision the last one gave", async () => {
  const { save, saver } = setUp();
  saver.changed(one);
  await vi.advanceTimersByTimeAsync(2000);
  saver.changed(two);
  await vi.advanceTimersByTimeAsync(2000);
  expect(save.mock.calls.map(([, revision]) => revision)).toEqual([7, 8]);
});

test("what is undone while it is being saved is saved as undone", async () => {
  const { save, saver, last } = setUp();
  let answer = (_answer: { draft_revision: number }): void => undefined;
  save.mockReturnValueOnce(new Promise((resolve) => (answer = resolve)));
  saver.changed(one);
  await vi.advanceTimersByTimeAsync(1000);
  saver.changed(begun.document);
  answer({ draft_revision: 8 });
  await vi.advanceTimersByTimeAsync(2000);
  expect(save.mock.calls).toEqual([
    [one, 7],
    [begun.document, 8],
  ]);
  expect(last()).toBe("saved");
});

test("what is undone before it was sent is not sent", async () => {
  const { save, saver, last, kept } = setUp();
  saver.changed(one);
  saver.changed(begun.document);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(save).not.toHaveBeenCalled();
  expect([last(), kept()]).toEqual(["saved", null]);
});

test("while the server is away the draft is kept and tried again until it is saved", async () => {
  const { save, saver, last, kept } = setUp();
  save.mockRejectedValueOnce(new Problem(0)).mockRejectedValueOnce(new Problem(503));
  saver.changed(one);
  await vi.advanceTimersByTimeAsync(1000);
  expect(last()).toBe("offline");
  expect(kept()).toEqual({ base: begun, document: one });
  await vi.advanceTimersByTimeAsync(10_000);
  expect(last()).toBe("saved");
  expect(kept()).toBeNull();
});

test("a change made elsewhere stops saving until the user chose", async () => {
  const { save, saver, last } = setUp();
  save.mockRejectedValueOnce(new Problem(409));
  saver.changed(one);
  await vi.advanceTimersByTimeAsync(60_000);
  saver.changed(two);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(last()).toBe("conflict");
  expect(save).toHaveBeenCalledTimes(1);
});

test("what was put together is saved over the newer revision; taking theirs drops mine", async () => {
  const { save, saver, last, kept } = setUp();
  save.mockRejectedValueOnce(new Problem(409)).mockRejectedValueOnce(new Problem(409));
  saver.changed(one);
  await vi.advanceTimersByTimeAsync(2000);
  saver.resume(theirs);
  saver.changed(one);
  await vi.advanceTimersByTimeAsync(2000);
  expect(save.mock.calls.at(-1)).toEqual([one, 9]);
  saver.resume(theirs);
  expect(last()).toBe("saved");
  expect(kept()).toBeNull();
});

test("whoever saves at once hears the revision it became, or that it did not", async () => {
  const { save, saver } = setUp();
  expect(await saver.flush()).toBe(7);
  saver.changed(one);
  expect(await saver.flush()).toBe(8);
  save.mockRejectedValueOnce(new Problem(503));
  saver.changed(two);
  expect(await saver.flush()).toBeNull();
});

test("a draft that is outdated though nothing waits can still be put over the newer one", async () => {
  const { save, saver, last } = setUp();
  saver.outdated(one);
  expect(last()).toBe("conflict");
  saver.resume(theirs);
  saver.changed(one);
  await vi.advanceTimersByTimeAsync(2000);
  expect(save.mock.calls).toEqual([[one, 9]]);
});

test("a refusal is told and not repeated", async () => {
  const { save, saver, last } = setUp();
  save.mockRejectedValueOnce(new Problem(422, { detail: "Too many steps." }));
  saver.changed(one);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(last()).toBe("refused");
  expect(save).toHaveBeenCalledTimes(1);
});

test("what changes while a save is under way is saved after it", async () => {
  const { save, saver } = setUp();
  let answer: (value: { draft_revision: number }) => void = () => undefined;
  save.mockImplementationOnce(() => new Promise((resolve) => (answer = resolve)));
  saver.changed(one);
  await vi.advanceTimersByTimeAsync(1000);
  saver.changed(two);
  answer({ draft_revision: 8 });
  await vi.advanceTimersByTimeAsync(3000);
  expect(save.mock.calls).toEqual([
    [one, 7],
    [two, 8],
  ]);
});

test("what is kept says what it was made from, even while one save follows another", async () => {
  const { save, saver, kept } = setUp();
  let answer: (value: { draft_revision: number }) => void = () => undefined;
  save.mockImplementationOnce(() => new Promise((resolve) => (answer = resolve)));
  saver.changed(one);
  await vi.advanceTimersByTimeAsync(1000);
  saver.changed(two);
  answer({ draft_revision: 8 });
  await vi.advanceTimersByTimeAsync(0);
  expect(kept()).toEqual({ base: { revision: 8, document: one }, document: two });
});
