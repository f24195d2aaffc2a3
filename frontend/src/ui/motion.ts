/** How long something may be on its way: no time at all for those who asked for less motion. Both in milliseconds. */
export function gliding(time: number): number {
  return window.matchMedia("(prefers-reduced-motion: reduce)").matches ? 0 : time;
}
