import { createContext, useContext } from "react";

import type { PeopleFilter } from "@/api/editor";

const People = createContext<(filter: PeopleFilter) => void>(() => undefined);
export const PeopleProvider = People.Provider;

/** Shows who stands, or failed, at a step. */
export function useLivePeople(): (filter: PeopleFilter) => void {
  return useContext(People);
}
