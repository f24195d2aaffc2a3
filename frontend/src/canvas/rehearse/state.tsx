import { createContext, type ReactNode, useContext, useMemo, useState } from "react";

import type { RehearsedStep, TestRun } from "@/api/rehearsals";
import { useShownWay } from "@/canvas/live/shownWay";
import { useDocument, useEditor } from "@/canvas/state/EditorContext";
import type { AutomationDocument, Exit } from "@/flow/document";
import { edgeAt } from "@/flow/graph";

/** A step of a lit way; `port` null: it was not left. */
export type LitStep = Pick<RehearsedStep, "node" | "at" | "because" | "did" | "facts"> & { readonly port: string | null };

interface Rehearsal {
  /** The test run whose path is lit on the canvas. */
  readonly trial: TestRun | null;
  /** The steps that are lit: those of the test run, or of a contact who went that way. */
  readonly lit: readonly LitStep[] | null;
  readonly show: (trial: TestRun | null) => void;
}

const Context = createContext<Rehearsal>({ trial: null, lit: null, show: () => undefined });

interface Shown {
  readonly trial: TestRun;
  readonly document: AutomationDocument;
}

/**
 * Keeps the test run that canvas and panel show: until the steps or their ways change, for then it is no longer true.
 * Where nothing can be changed, the way of a contact is shown that the address names.
 */
export function RehearsalProvider({ children }: { children: ReactNode }) {
  const document = useDocument();
  const [shown, setShown] = useState<Shown | null>(null);
  const current = shown?.document.nodes === document.nodes && shown.document.edges === document.edges;
  const trial = current ? shown.trial : null;
  const way = useShownWay().steps;
  const mayLight = useEditor((state) => state.readOnly);
  const steps = trial?.steps ?? (mayLight ? way : null);
  const lit = useMemo(() => steps && ledOn(steps, document), [steps, document]);
  const value = useMemo(
    () => ({ trial, lit, show: (next: TestRun | null) => setShown(next && { trial: next, document }) }),
    [trial, lit, document],
  );
  return <Context value={value}>{children}</Context>;
}

/** Where a step was passed by, its port tells why, not where it led: that is where the contact came next. */
export function ledOn(steps: readonly LitStep[], document: AutomationDocument): LitStep[] {
  return steps.map((step, index) => {
    const { node, port } = step;
    if (port === null || edgeAt(document, { from: node, port })) return step;
    const next = steps.slice(index + 1).find((each) => each.node !== node)?.node;
    const taken = document.edges.find((edge) => edge.from === node && edge.to === next);
    return taken ? { ...step, port: taken.port } : step;
  });
}

export function useRehearsal(): Rehearsal {
  return useContext(Context);
}

/** What came of a step on the lit way: null if the contact did not come there, undefined while none is shown. */
export function useTrace(node: string): LitStep | null | undefined {
  const { lit } = useContext(Context);
  if (lit === null) return undefined;
  return lit.findLast((step) => step.node === node) ?? null;
}

/** Whether the contact took any of these ways, which are drawn as one; undefined while no way is shown. */
export function useTaken(ways: readonly Exit[]): boolean | undefined {
  const { lit } = useContext(Context);
  return lit?.some(({ node, port }) => ways.some((way) => way.from === node && way.port === port));
}
