import { createContext } from "react";

/** Whether the panel around is open: one that closes still shows what is in it for a moment. */
export const PanelOpened = createContext(true);
