import { useReactFlow, useStore } from "@xyflow/react";
import { useEffect, useRef } from "react";
import { useSearchParams } from "react-router";

import type { View } from "@/canvas/bar/TopBar";
import { useLook } from "@/canvas/find/useLook";
import { useEditor, useEditorScope } from "@/canvas/state/EditorContext";
import { select } from "@/canvas/state/store";
import { nodeById } from "@/flow/graph";

import { viewportIn } from "./links";

/** Keeps the step and the look that are shown in the address, and begins with what the address says. */
export function useSharedView(view: View): void {
  const { editor } = useEditorScope();
  const flow = useReactFlow();
  const look = useLook();
  // The canvas first fits all that there is: what the address says goes over that.
  const drawn = useStore(({ width, nodeLookup }) => width > 0 && nodeLookup.size > 0);
  const [params, setParams] = useSearchParams();
  const begun = useRef(false);
  const step = useEditor(({ open, selected }) => open ?? (selected.length === 1 ? (selected[0] ?? null) : null));

  useEffect(() => {
    if (!drawn || begun.current) return;
    begun.current = true;
    const wanted = params.get("step");
    const viewport = viewportIn(params);
    if (wanted !== null && nodeById(editor.getState().history.present, wanted)) select(editor, [wanted]);
    if (viewport) void flow.setViewport(viewport);
    else if (wanted !== null) look(wanted);
  }, [drawn, editor, flow, look, params]);

  useEffect(() => {
    const told = params.get("view") === view && params.get("step") === step && !params.has("at");
    // The page may be on its way back at this moment: nothing is written that is there already.
    if (!begun.current || told) return;
    setParams(
      (before) => {
        const after = new URLSearchParams(before);
        after.delete("at");
        after.set("view", view);
        if (step === null) after.delete("step");
        else after.set("step", step);
        return after;
      },
      { replace: true, preventScrollReset: true },
    );
  }, [params, setParams, step, view]);
}
