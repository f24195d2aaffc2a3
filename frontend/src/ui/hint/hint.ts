export const sides = ["top", "right"] as const;
export type Side = (typeof sides)[number];

/** What an element says about itself when it is pointed at, or reached by keyboard; `Hints` shows it. */
export const hint = (words: string, side: Side = "top") => ({ "data-hint": words, "data-hint-side": side });
