/** What the editor knows while it is open. The document changes only through `apply`, so that all can be undone. */

import { createStore } from "zustand";

import type { Problem } from "@/api/editor";
import type { Edit, Join } from "@/flow/commands";
import type { AutomationDocument, Exit, FlowEdge, FlowNode, Json, JsonObject, Position } from "@/flow/document";
import { isCollapsed, type Looks, wholeOf } from "@/flow/drawn";
import { groupOf } from "@/flow/groups";
import { type History, record, startHistory, travel } from "@/flow/history";

/** Where a new step may go. */
export type Spot =
  | { readonly kind: "edge"; readonly edge: FlowEdge }
  | { readonly kind: "end"; readonly exit: Exit; readonly position?: Position }
  | { readonly kind: "free"; readonly position?: Position };

/** Settings of a step that were changed but not applied. */
export interface Draft {
  readonly node: string;
  readonly config: JsonObject;
  /** What was applied when a setting was changed here, where others applied something else since. */
  readonly began?: Readonly<Record<string, Json | undefined>>;
}

/** A step that was removed elsewhere while its settings were being changed here: asked about until it is answered. */
export interface Lost {
  readonly node: FlowNode;
  readonly position: Position | undefined;
  readonly draft: Draft;
}

/** What the user wanted to do, and what is to happen should they rather stay. */
export interface Wish {
  readonly go: () => void;
  readonly stay?: () => void;
}

/** Steps to be taken away, and how what is left is joined; cut, they are on the clipboard by then. */
export interface Removal {
  readonly ids: readonly string[];
  readonly join: Join;
  readonly name: "remove" | "cut";
}

export type Panel = "find" | "story" | "problems" | "settings" | "entries" | "activate" | "shortcuts" | "palette" | "rehearse";

export interface EditorState {
  readonly history: History;
  /** The live version is shown, or the user may not edit: nothing can be changed. */
  readonly readOnly: boolean;
  readonly selected: readonly string[];
  /** Key of the selected edge. */
  readonly edge: string | null;
  /** Which groups are shown collapsed or open here, where that is not what the document says. */
  readonly looks: Looks;
  /** A group that is about to get a name: one of these steps, or one that has a name already. */
  readonly naming: { readonly ids: readonly string[]; readonly group: string | null; readonly name: string; readonly at: Position } | null;
  /** Each step that is tapped is taken up beside the others. */
  readonly gathering: boolean;
  /** The step whose settings are open. */
  readonly open: string | null;
  readonly draft: Draft | null;
  readonly lost: Lost | null;
  /** The step whose settings stand before a rehearsal, to be mended: until they are closed. */
  readonly mending: string | null;
  /** Steps put in and never left since: they and their form do not show faults that nobody made yet. */
  readonly fresh: ReadonlySet<string>;
  /** A wish while changes were not applied: done once the user said what becomes of these. */
  readonly wish: Wish | null;
  /** Settings wait to be applied until it is said whose stay: what is to happen then. */
  readonly deciding: Wish | null;
  readonly panel: Panel | null;
  /** The searchable list of steps, open at a place on the screen. */
  readonly picker: { readonly spot: Spot; readonly at: Position } | null;
  /** A type of step that is held: dragged, or picked up by a tap, so that the next tap on a spot puts it there. */
  readonly holding: { readonly type: string; readonly by: "drag" | "tap" } | null;
  /** An exit that waits for the step to lead to: its edge is being drawn, or the step's card is about to be tapped. */
  readonly connecting: (Exit & { readonly by: "drag" | "tap" }) | null;
  /** Steps that wait for the place on the canvas to stand at. */
  readonly moving: readonly string[] | null;
  /** What can be done with a step, or on free canvas (null), open at a place on the screen. */
  readonly menu: { readonly node: string | null; readonly at: Position } | null;
  /** Steps about to be removed although contacts stand there: asked about first. */
  readonly removing: Removal | null;
  /** Faults of steps that were just put in by pasting: they name what does not exist here. */
  readonly missing: readonly Problem[] | null;
  /** How many contacts stand at each step now, by the live version. */
  readonly waiting: Readonly<Record<string, number>>;
  /** Where the keyboard works: what gets the focus is looked for there first. */
  readonly home: "board" | "outline";
  /** A split about to be put into an edge: which branch takes the rest? */
  readonly splitting: { readonly type: string; readonly edge: FlowEdge } | null;
  /** The keyboard is on its way into the settings of the open step. */
  readonly intoSettings: boolean;
  /** The step that shall get the keyboard focus once it is drawn. */
  readonly focus: string | null;
  readonly said: string;
}

const CLOSED = {
  selected: [],
  edge: null,
  open: null,
  draft: null,
  deciding: null,
  mending: null,
  intoSettings: false,
  picker: null,
  holding: null,
  connecting: null,
  moving: null,
  naming: null,
  gathering: false,
  menu: null,
  removing: null,
  missing: null,
  splitting: null,
} as const;

export function createEditor(document: AutomationDocument, readOnly: boolean) {
  const initial: EditorState = {
    ...CLOSED,
    history: startHistory(document),
    readOnly,
    lost: null,
    looks: {},
    fresh: new Set(),
    wish: null,
    panel: null,
    waiting: {},
    home: "board",
    focus: null,
    said: "",
  };
  const editor = createStore<EditorState>()(() => initial);
  editor.subscribe(({ mending, open }) => {
    if (mending !== null && mending !== open) editor.setState({ mending: null });
  });
  return editor;
}

export type Editor = ReturnType<typeof createEditor>;

export function apply(editor: Editor, edit: Edit): void {
  editor.setState((state) => ({ history: record(state.history, edit), ...pruned(state, edit.document) }));
}

/** Undo (negative) or redo some steps. */
export function go(editor: Editor, steps: number): void {
  editor.setState((state) => {
    const history = travel(state.history, steps);
    return { history, ...pruned(state, history.present) };
  });
}

/** Begin anew with a document that came from the server. */
export function load(editor: Editor, document: AutomationDocument, readOnly: boolean): void {
  editor.setState({ ...CLOSED, history: startHistory(document), readOnly, fresh: new Set() });
}

export function select(editor: Editor, ids: readonly string[], focus: string | null = null): void {
  if (focus !== null) reveal(editor, focus);
  editor.setState(({ history, looks }) => ({
    selected: wholeOf(history.present, looks, ids),
    edge: null,
    ...(focus !== null && { focus }),
  }));
}

/** Open the group that hides a step, for who looks at it here alone. */
export function reveal(editor: Editor, id: string): void {
  const { history, looks } = editor.getState();
  const group = groupOf(history.present, id);
  if (group && isCollapsed(group, looks)) editor.setState({ looks: { ...looks, [group.id]: false } });
}

/** Do it at once, or, while changes are not applied, once the user said what becomes of them. */
export function guard(editor: Editor, deed: () => void): void {
  if (editor.getState().draft) {
    editor.setState({ wish: { go: deed } });
  } else {
    deed();
  }
}

/** Whether a question waits for its answer: nothing else is done meanwhile. */
export function isAsking({ wish, deciding, removing, missing, splitting, lost }: EditorState): boolean {
  return [wish, deciding, removing, missing, splitting, lost].some((question) => question !== null);
}

/** Open a step's settings, or close them (null): whoever leaves a step unfinished is told what it lacks. */
export function openStep(editor: Editor, id: string | null): void {
  const { open } = editor.getState();
  if (open === id) return;
  guard(editor, () => {
    if (open !== null) seen(editor, open);
    showSettings(editor, id);
  });
}

/** Open the settings of a step that was just put in: the one before is not left by that. */
export function openAdded(editor: Editor, id: string): void {
  guard(editor, () => showSettings(editor, id));
}

function showSettings(editor: Editor, id: string | null): void {
  if (id !== null) reveal(editor, id);
  editor.setState({ open: id, draft: null, intoSettings: false, ...(id !== null && { selected: [id], edge: null }) });
}

/** From here on what is wrong with the step is a fault. */
export function seen(editor: Editor, id: string): void {
  editor.setState(({ fresh }) => ({ fresh: new Set([...fresh].filter((each) => each !== id)) }));
}

/** From here on what is wrong with these steps is only what is still to be done. */
export function putIn(editor: Editor, ids: readonly string[]): void {
  editor.setState(({ fresh }) => ({ fresh: new Set([...fresh, ...ids]) }));
}

/** Whether a rehearsal stands before the settings. */
export function isRehearsing({ panel, mending }: EditorState): boolean {
  return panel === "rehearse" && mending === null;
}

/** Take the keyboard into the open settings, unless a rehearsal stands before them. */
export function goIntoSettings(editor: Editor): void {
  editor.setState((state) => ({ intoSettings: !isRehearsing(state) }));
}

/** Open the settings of a step that something is wrong with; a rehearsal steps aside until they are closed. */
export function mendStep(editor: Editor, id: string): void {
  const mend = () => {
    openStep(editor, id);
    if (editor.getState().panel === "rehearse") editor.setState({ mending: id });
    goIntoSettings(editor);
  };
  // What is not applied there is what is mended.
  if (editor.getState().open === id) mend();
  else guard(editor, mend);
}

/** Whether the next tap on the canvas says where to: what covers it steps aside. */
export function awaitsPlace({ connecting, moving }: EditorState): boolean {
  return connecting?.by === "tap" || moving !== null;
}

export function say(editor: Editor, said: string): void {
  // A message that is repeated must still differ, or it is not read out again.
  editor.setState((state) => ({ said: state.said === said ? `${said}\u00a0` : said }));
}

/** Selection and open settings, without steps that are gone; of what is one card, all is selected or nothing. */
function pruned(state: EditorState, document: AutomationDocument): Partial<EditorState> {
  const ids = new Set(document.nodes.map((node) => node.id));
  const edges = new Set(document.edges.map((edge) => `${edge.from}:${edge.port}`));
  const gone = state.open !== null && !ids.has(state.open);
  return {
    selected: wholeOf(document, state.looks, state.selected.filter((id) => ids.has(id))),
    ...(state.edge !== null && !edges.has(state.edge) && { edge: null }),
    ...(gone && { open: null, draft: null, deciding: null, intoSettings: false }),
  };
}
