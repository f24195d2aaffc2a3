import { useFind } from "./FindContext";
import classes from "./find.module.css";

/** Lights a step up that was found. */
export function FoundMark({ id }: { id: string }) {
  const { found, current } = useFind();
  return found.has(id) && <span className={classes["mark"]} data-current={current === id || undefined} data-testid={`found-${id}`} />;
}
