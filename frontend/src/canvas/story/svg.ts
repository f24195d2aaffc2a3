/** The picture of an automation as an SVG file: the same places, lines and words as on the canvas. */

import { pathBetween } from "@/canvas/board/edgePath";
import { haloOf } from "@/canvas/board/halo";
import { beyond } from "@/flow/beyond";
import { type Catalog, type NodeKind, portsOf } from "@/flow/catalog";
import { type AutomationDocument, edgeKey, type FlowEdge, type FlowNode, type Position, type StepGroup } from "@/flow/document";
import { firstOf } from "@/flow/drawn";
import { groupsOf } from "@/flow/groups";
import { NODE_HEIGHT, NODE_WIDTH, type Picture as Layout, pictureOf, portOffset } from "@/flow/layout";

/** What the letters of the picture are called: see `letters.ts`. */
export const FAMILY = "Inter";

const MARGIN = 40;
const BELOW_CARD = 30;
/** Letters that fit on a line of a card, at the size that they have there. */
const LABEL_LETTERS = 26;
const SUMMARY_LETTERS = 34;
const SUMMARY_LINES = 2;
/** Letters of the word at a way out, of which it takes two lines. */
const PORT_LETTERS = 15;
/** Letters of a group's name that stand beside the line into its first step. */
const GROUP_LETTERS = 15;

/** Colours of paper, whatever the screen looks like. */
const colours: Readonly<Record<NodeKind | "unknown", string>> = {
  trigger: "#0d7a5f",
  rule: "#9a5b00",
  action: "#4a50d2",
  group: "#52525e",
  unknown: "#6a6a77",
};

interface Words {
  /** What kinds of steps are called. */
  readonly kind: (kind: NodeKind | "unknown") => string;
  readonly type: (key: string) => string;
  readonly summaries: Readonly<Record<string, string>>;
}

export interface Picture {
  readonly svg: string;
  /** In the units of the canvas. */
  readonly width: number;
  readonly height: number;
}

/** Of what is drawn (see `Drawn`): a collapsed group is a step, open ones have a shape around them and their name. */
export function drawPicture(document: AutomationDocument, catalog: Catalog, words: Words): Picture {
  const layout = pictureOf(document, catalog);
  const { positions } = layout;
  const places = Object.values(positions);
  const [left, top] = [Math.min(0, ...places.map(([x]) => x)), Math.min(0, ...places.map(([, y]) => y))];
  const right = Math.max(NODE_WIDTH, ...places.map(([x]) => x + NODE_WIDTH));
  const bottom = Math.max(NODE_HEIGHT, ...places.map(([, y]) => y + NODE_HEIGHT)) + BELOW_CARD;
  const [width, height] = [right - left + 2 * MARGIN, bottom - top + 2 * MARGIN];
  const [x, y, wide, high] = [left - MARGIN, top - MARGIN, width, height].map(String);
  const drawn = document.nodes.flatMap((node) => {
    const at = positions[node.id];
    return at ? [card(node, at, catalog, words), ports(node, at, document, catalog)] : [];
  });
  const lines = document.edges.map((edge) => {
    const path = pathOf(edge, document, catalog, layout);
    return path && `<path d="${path}" fill="none" stroke="#a9a9b5" stroke-width="1.75"/>`;
  });
  const groups = groupsOf(document).map((group) => frame(group, document, catalog, layout));
  const svg = [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="${x} ${y} ${wide} ${high}" width="${wide}" height="${high}"`,
    ` font-family="${FAMILY}, system-ui, sans-serif" role="img"><title>${escaped(document.name)}</title>`,
    `<rect x="${x}" y="${y}" width="${wide}" height="${high}" fill="#fff"/>`,
    ...groups.map(({ shape }) => shape),
    ...lines,
    ...groups.map(({ name }) => name),
    ...drawn,
    "</svg>",
  ].join("");
  return { svg, width, height };
}

function card(node: FlowNode, [x, y]: Position, catalog: Catalog, words: Words): string {
  const kind = catalog.get(node.type)?.kind ?? "unknown";
  const label = words.type(node.type);
  const summary = wrapped(beyond(words.summaries[node.id] ?? "", label), SUMMARY_LETTERS, SUMMARY_LINES);
  const first = y + (summary.length > 1 ? 26 : 34);
  return [
    `<rect x="${String(x)}" y="${String(y)}" width="${String(NODE_WIDTH)}" height="${String(NODE_HEIGHT)}" rx="12" fill="#fff" stroke="#d3d3db"/>`,
    `<rect x="${String(x)}" y="${String(y + 12)}" width="5" height="${String(NODE_HEIGHT - 24)}" rx="2.5" fill="${colours[kind]}"/>`,
    text(x + 20, first, words.kind(kind), 11, colours[kind]),
    text(x + 20, first + 18, wrapped(label, LABEL_LETTERS, 1).join(""), 14, "#1b1b21", 600),
    ...summary.map((each, index) => text(x + 20, first + 36 + 15 * index, each, 12, "#52525e")),
  ].join("");
}

/** The words at the ways out of a step that has several. */
function ports(node: FlowNode, [x, y]: Position, document: AutomationDocument, catalog: Catalog): string {
  const all = portsOf(node, document, catalog);
  if (all.length < 2) return "";
  const middle = x + NODE_WIDTH / 2;
  return all
    .map(({ label }, index) => {
      const at = middle + portOffset(index, all.length);
      const lines = wrapped(label, PORT_LETTERS, 2);
      return lines.map((line, row) => text(at + 6, y + NODE_HEIGHT + 16 + 14 * row, line, 11, "#52525e", 600)).join("");
    })
    .join("");
}

function pathOf(edge: FlowEdge, document: AutomationDocument, catalog: Catalog, { positions, lanes }: Layout): string {
  const [from, to] = [positions[edge.from], positions[edge.to]];
  if (!from || !to) return "";
  return pathBetween(from, to, portOf(edge, document, catalog), lanes[edgeKey(edge)]);
}

/** Which way out of its step a line leaves by, and of how many. */
function portOf(edge: FlowEdge, document: AutomationDocument, catalog: Catalog): readonly [index: number, count: number] {
  const source = document.nodes.find((node) => node.id === edge.from);
  const keys = source ? portsOf(source, document, catalog).map(({ key }) => key) : [];
  return [Math.max(0, keys.indexOf(edge.port)), keys.length];
}

/** The shape around the steps of a group, with its outline below it; and its name, which stands over lines. */
function frame(group: StepGroup, document: AutomationDocument, catalog: Catalog, { positions, lanes }: Layout) {
  const ways = document.edges.map((edge) => ({ ...edge, port: portOf(edge, document, catalog), lane: lanes[edgeKey(edge)] }));
  const { cards, lines, at } = haloOf(group, firstOf(document, group), new Map(Object.entries(positions)), ways);
  const shape = (colour: string, more: number): string =>
    [
      `<path d="${lines}" fill="none" stroke="${colour}" stroke-width="${String(32 + 2 * more)}" stroke-linecap="round" stroke-linejoin="round"/>`,
      ...cards.map(
        ({ x, y, width, height }) =>
          `<rect x="${String(x)}" y="${String(y)}" width="${String(width)}" height="${String(height)}" rx="24" fill="${colour}" stroke="${colour}" stroke-width="${String(2 * more)}"/>`,
      ),
    ].join("");
  const words = wrapped(group.name, GROUP_LETTERS, 1).join("");
  const [x, y] = [at[0] - 8, at[1] - 34];
  const plate = `<rect x="${String(x)}" y="${String(y)}" width="${String(20 + 8 * words.length)}" height="24" rx="12" fill="#fff" stroke="#c3c5ee"/>`;
  return { shape: shape("#c3c5ee", 1) + shape("#eff0fb", 0), name: plate + text(x + 10, y + 16, words, 12, "#1b1b21", 600) };
}

function text(x: number, y: number, words: string, size: number, colour: string, weight = 400): string {
  return `<text x="${String(x)}" y="${String(y)}" font-size="${String(size)}" font-weight="${String(weight)}" fill="${colour}">${escaped(words)}</text>`;
}

/** Words broken into at most `most` lines; what does not fit is left out with an ellipsis. */
function wrapped(words: string, letters: number, most: number): string[] {
  const lines: string[] = [];
  for (const word of words.split(/\s+/u).filter(Boolean)) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + word.length < letters) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  const shown = lines.slice(0, most).map((each) => {
    // By whole letters: half of one is no text that an address can hold.
    const all = Array.from(each);
    return all.length > letters ? `${all.slice(0, letters - 1).join("")}…` : each;
  });
  const end = shown.at(-1);
  if (lines.length > most && end !== undefined && !end.endsWith("…")) shown[shown.length - 1] = `${end}…`;
  return shown;
}

function escaped(words: string): string {
  return words.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
}
