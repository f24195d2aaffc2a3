import { Fragment, type ReactNode } from "react";

import { SidePanel } from "./SidePanel";

/** Which thing of a list is being edited: one of them, one to be made, or none. */
export interface Editing<T> {
  open: T | "new" | null;
  onClose: () => void;
}

interface EditPanelProps<T> extends Editing<T> {
  /** The title while a new thing has no name. */
  newTitle: string;
  size?: number;
  /** The form for a thing, or for a new one. */
  children: (thing: T | null) => ReactNode;
}

/** The side panel in which a thing of a list is made or changed. */
export function EditPanel<T extends { id: number; name: string }>(props: EditPanelProps<T>) {
  const { open, newTitle, children, ...panel } = props;
  const thing = open === "new" ? null : open;
  return (
    <SidePanel opened={open !== null} title={thing?.name ?? newTitle} {...panel}>
      {open && <Fragment key={thing?.id}>{children(thing)}</Fragment>}
    </SidePanel>
  );
}
