import { createContext } from "react";

import type { Json } from "@/flow/document";
import type { Side } from "@/flow/merge";

/** A field that somebody else changed, too: what they applied, and how to say whose stays. */
export interface Contested {
  readonly theirs: Json | undefined;
  readonly decide: (prefer: Side) => void;
}

export const ContestedContext = createContext<Readonly<Record<string, Contested>>>({});
