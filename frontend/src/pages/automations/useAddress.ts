import { useSearchParams } from "react-router";

import type { AutomationState } from "@/api/types";

export const states = ["all", "active", "draft", "paused", "archived"] as const;

function isState(text: string | null): text is AutomationState {
  return text !== null && text !== "all" && (states as readonly string[]).includes(text);
}

/** What the page shows, kept in its address, so that a link and "back" restore it. */
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
  const state = params.get("state");
  return {
    search: params.get("search") ?? "",
    state: isState(state) ? state : null,
    creating: params.get("new") === "1",
    setSearch: (text: string) => set("search", text),
    setState: (wanted: string) => set("state", wanted === "all" ? null : wanted),
    setCreating: (open: boolean) => set("new", open ? "1" : null),
  };
}
