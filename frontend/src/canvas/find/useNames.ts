import { useMemo } from "react";

import { useEditorScope } from "@/canvas/state/EditorContext";
import type { Names } from "@/flow/find";

interface Numbered {
  readonly id: number;
  readonly name: string;
}

const byId = (things: readonly Numbered[]) => new Map(things.map(({ id, name }) => [id, name]));

/** The names of lists and the like, by which people look for what steps hold by number. */
export function useNames(): Names {
  const { vocabulary } = useEditorScope();
  return useMemo(
    () => ({
      list: byId(vocabulary.lists),
      segment: byId(vocabulary.segments),
      automation: byId(vocabulary.automations),
      pipeline: byId(vocabulary.pipelines),
      stage: byId(vocabulary.pipelines.flatMap(({ stages }) => stages)),
    }),
    [vocabulary],
  );
}
