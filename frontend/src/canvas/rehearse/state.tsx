import { createContext, type ReactNode, useContext, useMemo, useState } from "react";

import type { RehearsedStep, TestRun } from "@/api/rehearsals";
import { useDocument } from "@/canvas/state/EditorContext";
import type { AutomationDocument } from "@/flow/document";

interface Rehearsal {
  /** The test run whose path is lit on the canvas. */
  readonly trial: TestRun | null;
  readonly show: (trial: TestRun | null) => void;
}

const Context = createContext<Rehearsal>({ trial: null, show: () => undefined });

interface Shown {
  readonly trial: TestRun;
  readonly document: AutomationDocument;
}

/** Keeps the test run that canvas and panel show: until the steps or their ways change, for then it is no longer true. */
export function RehearsalProvider({ children }: { children: ReactNode }) {
  const document = useDocument();
  const [shown, setShown] = useState<Shown | null>(null);
  const current = shown?.document.nodes === document.nodes && shown.document.edges === document.edges;
  const trial = current ? shown.trial : null;
  const value = useMemo(
    () => ({ trial, show: (next: TestRun | null) => setShown(next && { trial: next, document }) }),
    [trial, document],
  );
  return <Context value={value}>{children}</Context>;
}

export function useRehearsal(): Rehearsal {
  return useContext(Context);
}

/** What came of a step in the test run: null if the contact did not come there, undefined while none is shown. */
export function useTrace(node: string): RehearsedStep | null | undefined {
  const { trial } = useContext(Context);
  if (trial === null) return undefined;
  return trial.steps.findLast((step) => step.node === node) ?? null;
}

/** Whether the contact took this way; undefined while no test run is shown. */
export function useTaken(from: string, port: string): boolean | undefined {
  const { trial } = useContext(Context);
  return trial?.steps.some((step) => step.node === from && step.port === port);
}
