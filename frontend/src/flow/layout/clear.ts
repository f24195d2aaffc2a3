/** Room for copies: clear of all that is drawn, in whole steps of the grid from where the originals stand. */

import type { Catalog } from "@/flow/catalog";
import type { AutomationDocument, Position, Positions } from "@/flow/document";

import { positionsOf } from ".";
import { COLUMN_GAP, GRID, NODE_HEIGHT, NODE_WIDTH, ROW_GAP } from "./geometry";

interface Box {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** The top left of all places. */
export function cornerOf(places: Positions): Position {
  const { left, top } = around(Object.values(places));
  return [left, top];
}

/** Where the top left of the copies goes: as near to `wanted` as they cover nothing, there, beside or below something. */
export function clearSpot(wanted: Position, copies: Positions, document: AutomationDocument, catalog: Catalog): Position {
  const { left, top, right, bottom } = around(Object.values(copies));
  const taken = boxesOf(document, catalog).map(withRoom);
  const onGrid = (value: number, from: number, round = Math.ceil): number => from + round((value - from) / GRID) * GRID;
  const [x, y] = [onGrid(wanted[0], left, Math.round), onGrid(wanted[1], top, Math.round)];
  const isClear = ([atX, atY]: Position): boolean =>
    !taken.some(
      (box) => atX < box.right && atX + right - left > box.left && atY < box.bottom && atY + bottom - top > box.top,
    );
  const distance = ([atX, atY]: Position): number => Math.abs(atX - x) + Math.abs(atY - y);
  const beside = taken.map((box): Position => [onGrid(box.right, left), y]);
  const below = taken.map((box): Position => [x, onGrid(box.bottom, top)]);
  const spots: Position[] = [[x, y], ...beside, ...below];
  return spots.toSorted((one, other) => distance(one) - distance(other)).find(isClear) ?? [x, y];
}

/** What is covered: each step, and each line with the two steps it joins. */
function boxesOf(document: AutomationDocument, catalog: Catalog): Box[] {
  const places = positionsOf(document, catalog);
  const lines = document.edges.map(({ from, to }) => [places[from], places[to]]);
  const steps = Object.values(places).map((place) => [place]);
  return [...steps, ...lines].map((each) => around(each.filter((place) => place !== undefined)));
}

function around(places: readonly Position[]): Box {
  const [lefts, tops] = [places.map(([x]) => x), places.map(([, y]) => y)];
  if (places.length === 0) return { left: 0, top: 0, right: 0, bottom: 0 };
  return {
    left: Math.min(...lefts),
    top: Math.min(...tops),
    right: Math.max(...lefts) + NODE_WIDTH,
    bottom: Math.max(...tops) + NODE_HEIGHT,
  };
}

/** Steps stand no nearer to each other than a tidy picture has them. */
function withRoom({ left, top, right, bottom }: Box): Box {
  return { left: left - COLUMN_GAP, top: top - ROW_GAP, right: right + COLUMN_GAP, bottom: bottom + ROW_GAP };
}
