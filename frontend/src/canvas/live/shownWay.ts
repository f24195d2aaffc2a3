import { useMemo } from "react";
import { useSearchParams } from "react-router";

import { useContactEnrollment } from "@/api/contactHistory";
import type { ContactEnrollment } from "@/api/types";
import type { LitStep } from "@/canvas/rehearse/state";
import { useLanguage } from "@/i18n/useLanguage";

/** Whose way the address asks for, in which of their runs; and how to show everybody again. */
export function useShownWay() {
  const [params, setParams] = useSearchParams();
  const contact = Number(params.get("contact")) || null;
  const query = useContactEnrollment(contact, Number(params.get("run")) || null, useLanguage());
  const leave = () =>
    setParams((before) => {
      const next = new URLSearchParams(before);
      for (const key of ["contact", "run", "version"]) next.delete(key);
      return next;
    });
  const run = query.data ?? null;
  const steps = useMemo(() => run && litSteps(run), [run]);
  return { contact, run, steps, leave };
}

/** The way so far, with what was compared, or done instead of what is set. */
function litSteps({ path, node, entered_at }: ContactEnrollment): LitStep[] {
  const steps = path.map(({ node: id, port, at, title, because }) => ({ node: id, port, at, because, did: [title], facts: [] }));
  const last = steps.at(-1);
  // Where the contact stands, it has taken no way yet.
  return last?.node === node ? steps : [...steps, { node, port: null, at: last?.at ?? entered_at, because: null, did: [], facts: [] }];
}
