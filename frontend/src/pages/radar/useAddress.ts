import { useSearchParams } from "react-router";

import type { ThingKind } from "./graph";

export const views = ["map", "list"] as const;
/** What can be shown beside automations, in the order of the chips. */
export const kinds = ["event", "attribute", "list", "tag", "consent", "deals", "owner", "channel"] as const satisfies ThingKind[];

/** What the page shows, kept in its address. */
export function useAddress() {
  const [params, setParams] = useSearchParams();
  const set = (name: string, value: string | null) =>
    setParams(
      (before) => {
        const after = new URLSearchParams(before);
        if (value) after.set(name, value);
        else after.delete(name);
        return after;
      },
      { replace: true, preventScrollReset: true },
    );
  return {
    running: params.get("running") === "1",
    view: params.get("view") === "list" ? ("list" as const) : ("map" as const),
    setRunning: (only: boolean) => set("running", only ? "1" : null),
    setView: (view: string) => set("view", view === "map" ? null : view),
  };
}
