import { expect, test } from "vitest";

import { relativeTime } from "./format";

const now = new Date("2026-11-22T12:00:00Z");
const ago = (ms: number) => new Date(now.getTime() - ms);

test("a moment is told by the largest unit that fits", () => {
  const told = [5_000, 90_000, 3 * 3_600_000, 2 * 86_400_000].map((ms) => relativeTime(ago(ms), now, "en"));
  expect(told).toEqual(["now", "1 minute ago", "3 hours ago", "2 days ago"]);
});

test("it speaks the screen's language, to come as well as gone", () => {
  expect(relativeTime(ago(-5 * 60_000), now, "ru")).toBe("через 5 минут");
});
