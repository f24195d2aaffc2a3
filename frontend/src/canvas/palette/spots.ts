/** Finding the place on the canvas that is under, or near, the pointer. */

import type { Spot } from "@/canvas/state/store";
import type { AutomationDocument } from "@/flow/document";
import { edgeAt } from "@/flow/graph";

const REACH = 56;

/** The legal spot that the pointer is on or near to, else the edge it is on. */
export function spotAt(x: number, y: number, document: AutomationDocument): Spot | null {
  const button = nearest(x, y) ?? onEdge(x, y);
  return button ? spotOf(button, document) : null;
}

/** Marks the place that would take the step, and unmarks the last one. */
export function heat(spot: Spot | null): void {
  const wanted = spot && spot.kind !== "free" ? buttonOf(spot) : null;
  for (const hot of document.querySelectorAll("[data-hot]")) {
    if (hot !== wanted) delete (hot as HTMLElement).dataset["hot"];
  }
  if (wanted) wanted.dataset["hot"] = "true";
}

export function isOverBoard(x: number, y: number): boolean {
  return Boolean(document.elementFromPoint(x, y)?.closest(".react-flow"));
}

function nearest(x: number, y: number): HTMLElement | null {
  let best: HTMLElement | null = null;
  let closest = REACH;
  for (const button of document.querySelectorAll<HTMLElement>("[data-spot][data-legal]")) {
    const { left, top, width, height } = button.getBoundingClientRect();
    const distance = Math.hypot(left + width / 2 - x, top + height / 2 - y);
    if (distance < closest) [best, closest] = [button, distance];
  }
  return best;
}

function onEdge(x: number, y: number): HTMLElement | null {
  for (const element of document.elementsFromPoint(x, y)) {
    const key = element.closest<SVGElement>(".react-flow__edge")?.dataset["id"];
    const colon = key?.lastIndexOf(":") ?? -1;
    if (key && colon > 0) {
      return find("edge", key.slice(0, colon), key.slice(colon + 1));
    }
  }
  return null;
}

function buttonOf(spot: Exclude<Spot, { kind: "free" }>): HTMLElement | null {
  const { from, port } = spot.kind === "edge" ? spot.edge : spot.exit;
  return find(spot.kind, from, port);
}

function find(kind: string, from: string, port: string): HTMLElement | null {
  const [at, way] = [CSS.escape(from), CSS.escape(port)];
  return document.querySelector<HTMLElement>(`[data-spot="${kind}"][data-legal][data-from="${at}"][data-port="${way}"]`);
}

function spotOf(button: HTMLElement, automation: AutomationDocument): Spot | null {
  const exit = { from: button.dataset["from"] ?? "", port: button.dataset["port"] ?? "" };
  if (button.dataset["spot"] === "end") return { kind: "end", exit };
  const edge = edgeAt(automation, exit);
  return edge ? { kind: "edge", edge } : null;
}
