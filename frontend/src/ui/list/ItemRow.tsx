import type { ReactNode } from "react";

import classes from "./ItemRow.module.css";

/** One thing in a short list: what it is at the left, what can be done with it at the right. */
export function ItemRow({ children, menu }: { children: ReactNode; menu?: ReactNode }) {
  return (
    <div className={classes["row"]}>
      <div className={classes["words"]}>{children}</div>
      {menu && <div className={classes["menu"]}>{menu}</div>}
    </div>
  );
}
