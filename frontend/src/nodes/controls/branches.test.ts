import { expect, test } from "vitest";

import { evenly, freshBranch, moved, reshared, sharedEvenly, sumOf, withShare } from "./branches";

const shared = (...shares: number[]) => shares.map((share, index) => ({ id: String(index), share }));
const sharesOf = (branches: readonly { readonly [key: string]: unknown }[]) => branches.map(({ share }) => share);

test("new branches are lettered, and past z numbered", () => {
  expect(freshBranch(new Set(["a", "c"]))).toEqual({ id: "b", name: "B" });
  expect(freshBranch(new Set("abcdefghijklmnopqrstuvwxyz"))).toEqual({ id: "a2", name: "A2" });
});

test("moving puts an item where it shall stand", () => {
  expect(moved(["a", "b", "c"], 0, 1)).toEqual(["b", "a", "c"]);
  expect(moved(["a", "b", "c"], 2, 0)).toEqual(["c", "a", "b"]);
});

test("even shares are whole, make the total and differ by one at most", () => {
  for (let count = 2; count <= 10; count += 1) {
    const shares = evenly(90, count);
    expect(shares.reduce((sum, share) => sum + share)).toBe(90);
    expect(Math.max(...shares) - Math.min(...shares)).toBeLessThanOrEqual(1);
  }
});

test("of two branches, the other share follows; of more it does not", () => {
  expect(sharesOf(withShare(shared(50, 50), "share", 90, 0, 30))).toEqual([30, 60]);
  expect(sharesOf(withShare(shared(40, 30, 30), "share", 100, 0, 50))).toEqual([50, 30, 30]);
});

test("a share that is being typed anew leaves the other alone", () => {
  expect(sharesOf(withShare(shared(50, 50), "share", 100, 0, undefined))).toEqual([undefined, 50]);
  expect(sharesOf(withShare(shared(50, 50), "share", 90, 0, 95))).toEqual([95, 50]);
});

test("branches that shared evenly go on doing so when one comes or goes", () => {
  const [before, after] = [shared(50, 50), [...shared(50, 50), { id: "new" }]];
  expect(sharesOf(reshared(before, after, "share", 100, "new"))).toEqual([34, 33, 33]);
  expect(sharesOf(reshared(shared(34, 33, 33), shared(34, 33), "share", 100))).toEqual([50, 50]);
});

test("shares chosen by hand stay, and a new branch gets what is left", () => {
  const after = [...shared(60, 30), { id: "new" }];
  expect(sharesOf(reshared(shared(60, 30), after, "share", 100, "new"))).toEqual([60, 30, 10]);
});

test("sharing evenly mends any sum", () => {
  expect(sumOf(sharedEvenly(shared(80, 80, 3), "share", 85), "share")).toBe(85);
});
