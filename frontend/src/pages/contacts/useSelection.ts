import { useState } from "react";

import type { Contact } from "@/api/types";
import { contactName } from "@/ui/contactName";
import type { Selection } from "@/ui/table/types";

/** Which of the rows shown are ticked; a row that is no longer shown is no longer chosen. */
export function useSelection(rows: Contact[] | undefined): Selection {
  const [ticked, setTicked] = useState<ReadonlySet<number>>(new Set());
  const shown = new Map((rows ?? []).map((row) => [row.id, row]));
  const chosen = new Set([...ticked].filter((id) => shown.has(id)));
  const toggle = (id: number) => {
    const next = new Set(chosen);
    if (!next.delete(id)) next.add(id);
    setTicked(next);
  };
  const labelOf = (id: number) => {
    const row = shown.get(id);
    return row ? contactName(row) : String(id);
  };
  return { chosen, toggle, setAll: (ids) => setTicked(new Set(ids)), labelOf };
}
