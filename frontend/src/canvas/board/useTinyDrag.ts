import { useStoreApi } from "@xyflow/react";
import { type MouseEvent, type PointerEvent, useMemo, useRef } from "react";

import { useVerbs } from "@/canvas/state/EditorContext";

import type { StepElement } from "./flowElements";

/** A hand trembles. */
const STILL_PX = 4;

interface Grip {
  readonly id: string;
  readonly at: readonly [x: number, y: number];
  readonly zoom: number;
  /** The cards that go along, once it is clear that this is no click. */
  cards: readonly HTMLElement[];
}

/** Lets steps of the light layer be dragged, with all that is selected. */
export function useTinyDrag(nodes: readonly StepElement[], movable: boolean) {
  const verbs = useVerbs();
  const store = useStoreApi();
  const grip = useRef<Grip | null>(null);
  return useMemo(() => {
    const shift = ({ at, zoom }: Grip, event: PointerEvent) =>
      [(event.clientX - at[0]) / zoom, (event.clientY - at[1]) / zoom] as const;

    function take(layer: Element, id: string): readonly HTMLElement[] {
      const selected = nodes.filter((node) => node.selected).map((node) => node.id);
      const ids = new Set(selected.includes(id) ? selected : [id]);
      return [...layer.querySelectorAll<HTMLElement>("[data-node]")].filter((card) => ids.has(card.dataset["node"] ?? ""));
    }

    function letGo({ cards }: Grip): void {
      for (const card of cards) {
        card.style.translate = "";
        delete card.dataset["dragged"];
      }
    }

    if (!movable) return {};
    return {
      onPointerDown: (event: PointerEvent) => {
        const id = tinyAt(event);
        if (id === null || event.button !== 0) return;
        grip.current = { id, at: [event.clientX, event.clientY], zoom: store.getState().transform[2], cards: [] };
      },
      onPointerMove: (event: PointerEvent) => {
        const held = grip.current;
        if (!held) return;
        const [x, y] = shift(held, event);
        if (held.cards.length === 0) {
          if (Math.hypot(x, y) * held.zoom < STILL_PX) return;
          held.cards = take(event.currentTarget, held.id);
          for (const card of held.cards) card.dataset["dragged"] = "";
          // The click that would follow goes to the layer, and so to no step.
          event.currentTarget.setPointerCapture(event.pointerId);
        }
        for (const card of held.cards) card.style.translate = `${String(x)}px ${String(y)}px`;
      },
      onPointerUp: (event: PointerEvent) => {
        const held = grip.current;
        grip.current = null;
        if (!held || held.cards.length === 0) return;
        const [x, y] = shift(held, event);
        const moved = new Set(held.cards.map((card) => card.dataset["node"]));
        letGo(held);
        const places = nodes
          .filter(({ id }) => moved.has(id))
          .map(({ id, position }) => [id, [Math.round(position.x + x), Math.round(position.y + y)] as const] as const);
        verbs.move(Object.fromEntries(places));
      },
      onPointerCancel: () => {
        if (grip.current) letGo(grip.current);
        grip.current = null;
      },
    };
  }, [movable, nodes, store, verbs]);
}

/** The step that an event was meant for. */
export function tinyAt({ target }: Pick<MouseEvent, "target">): string | null {
  return (target as Element).closest<HTMLElement>("[data-node]")?.dataset["node"] ?? null;
}
