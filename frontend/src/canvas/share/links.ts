/** Links to what is on the screen: whoever opens one sees the same. */

import type { Viewport } from "@xyflow/react";

/** The part of the canvas that a link shows, if it says so. */
export function viewportIn(params: URLSearchParams): Viewport | null {
  const [x, y, zoom] = (params.get("at") ?? "").split(",").map(Number);
  const whole = [x, y, zoom].every((part) => part !== undefined && Number.isFinite(part));
  return whole && x !== undefined && y !== undefined && zoom ? { x, y, zoom } : null;
}

/** A link to a step, as it is shown now. */
export function linkToStep(here: string, step: string): string {
  const link = new URL(here);
  link.searchParams.delete("at");
  link.searchParams.set("step", step);
  return link.href;
}

/** A link to this part of the canvas. */
export function linkToView(here: string, { x, y, zoom }: Viewport): string {
  const link = new URL(here);
  link.searchParams.set("at", [Math.round(x), Math.round(y), Math.round(zoom * 1000) / 1000].join(","));
  return link.href;
}
