import { createContext, useContext } from "react";
import { useStore } from "zustand";

import type { Vocabulary } from "@/api/types";
import type { Catalog } from "@/flow/catalog";
import type { AutomationDocument } from "@/flow/document";
import { type Drawn, drawnOf } from "@/flow/drawn";

import type { StepWords, Verbs } from "@/canvas/verbs";

import type { Editor, EditorState } from "./store";

/** What stays the same while the editor is open. */
export interface EditorScope {
  readonly automation: number;
  readonly editor: Editor;
  readonly catalog: Catalog;
  readonly vocabulary: Vocabulary;
  readonly verbs: Verbs;
  readonly words: StepWords;
}

const Scope = createContext<EditorScope | null>(null);
export const EditorProvider = Scope.Provider;

export function useEditorScope(): EditorScope {
  const scope = useContext(Scope);
  if (!scope) throw new Error("used outside of the editor");
  return scope;
}

/** A part of the editor's state; the component is drawn again when it changes. */
export function useEditor<T>(part: (state: EditorState) => T): T {
  return useStore(useEditorScope().editor, part);
}

/** What the user can do. */
export function useVerbs(): Verbs {
  return useEditorScope().verbs;
}

/** Names of steps. */
export function useStepWords(): StepWords {
  return useEditorScope().words;
}

export function useDocument(): AutomationDocument {
  return useEditor((state) => state.history.present);
}

/** The document as it is drawn: collapsed groups are steps of their own. */
export function useDrawn(): Drawn {
  const { catalog } = useEditorScope();
  const looks = useEditor((state) => state.looks);
  return drawnOf(useDocument(), catalog, looks);
}
