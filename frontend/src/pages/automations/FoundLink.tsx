import type { ReactNode } from "react";
import { Link } from "react-router";

import classes from "./Found.module.css";

interface FoundLinkProps {
  to: string;
  icon: ReactNode;
  /** The kind of the step, which gives the icon its colour. */
  kind?: string | undefined;
  label: ReactNode;
  words: ReactNode;
  automation: string;
}

/** One thing found inside an automation, leading there. */
export function FoundLink({ to, icon, kind, label, words, automation }: FoundLinkProps) {
  return (
    <Link to={to} className={classes["step"]}>
      <span className={classes["icon"]} data-kind={kind}>
        {icon}
      </span>
      <span className={classes["words"]}>
        <span className={classes["label"]}>{label}</span>
        <span className={classes["excerpt"]}>{words}</span>
      </span>
      <span className={classes["automation"]}>{automation}</span>
    </Link>
  );
}
