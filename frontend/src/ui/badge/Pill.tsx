import type { ReactNode } from "react";

import classes from "./Pill.module.css";

export type Tone = "neutral" | "ok" | "warn" | "bad" | "accent";

/** A short state in words, with a dot whose colour only repeats it. */
export function Pill({ tone = "neutral", dot = true, children }: { tone?: Tone; dot?: boolean; children: ReactNode }) {
  return (
    <span className={classes["pill"]} data-tone={tone}>
      {dot && <span className={classes["dot"]} aria-hidden />}
      {children}
    </span>
  );
}
