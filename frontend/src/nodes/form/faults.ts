import { createContext } from "react";

/** What is wrong, in words, by field. */
export const FaultsContext = createContext<Readonly<Record<string, string>>>({});
