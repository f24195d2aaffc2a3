import { useMemo } from "react";

import type { Stats } from "@/api/editor";
import { useLiveLook } from "@/canvas/live/liveLook";
import { useDocument, useDrawn, useEditor, useEditorScope } from "@/canvas/state/EditorContext";
import { type DrawnFigures, drawnFigures } from "@/flow/groupFigures";
import { type Heat, heatOf } from "@/flow/heat";

/** Figures by the ids of what is drawn; where people are lost only while the live look shows that. */
export interface Figured {
  readonly figures: DrawnFigures | undefined;
  readonly heat: Heat | undefined;
}

export function useFigures(stats: Stats | undefined): Figured {
  const { catalog } = useEditorScope();
  const document = useDocument();
  const drawn = useDrawn();
  const readOnly = useEditor((state) => state.readOnly);
  const { heated } = useLiveLook();
  const figures = useMemo(() => stats && drawnFigures(document, catalog, drawn, stats), [document, catalog, drawn, stats]);
  const heat = useMemo(
    () => (readOnly && heated && figures ? heatOf(drawn.document, figures) : undefined),
    [drawn, figures, heated, readOnly],
  );
  return useMemo(() => ({ figures, heat }), [figures, heat]);
}
