import { expect, test } from "vitest";

import type { Box } from "@/canvas/board/box";

import { freePlace, NOTE_SIZE } from "./freePlace";

const [WIDTH, HEIGHT] = NOTE_SIZE;

test("a note lies in the middle where nothing is", () => {
  expect(freePlace([500, 400], [])).toEqual({ x: 500 - WIDTH / 2, y: 400 - HEIGHT / 2 });
});

test("a note lies beside what stands in the middle, near to it", () => {
  const column: Box[] = [0, 160, 320].map((top) => [0, top, 280, 96]);
  const { x, y } = freePlace([140, 208], column);
  for (const [left, top, across, down] of column) {
    expect(x + WIDTH <= left || x >= left + across || y + HEIGHT <= top || y >= top + down).toBe(true);
  }
  expect(Math.hypot(x + WIDTH / 2 - 140, y + HEIGHT / 2 - 208)).toBeLessThan(300);
});

test("among steps everywhere a note lies beside all of them", () => {
  const wall: Box[] = Array.from({ length: 100 }, (_, index) => [(index % 10) * 300, Math.floor(index / 10) * 120, 280, 100]);
  const { x, y } = freePlace([1500, 600], wall);
  expect(x + WIDTH <= 0 || x >= 2980 || y + HEIGHT <= 0 || y >= 1180).toBe(true);
});
