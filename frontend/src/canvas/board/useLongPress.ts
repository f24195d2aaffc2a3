import { type TouchEvent, useEffect, useMemo, useRef } from "react";

import { useVerbs } from "@/canvas/state/EditorContext";

const LONG_MS = 500;
/** A finger trembles. */
const STILL_PX = 10;

/** A finger that rests on a step, or on free canvas, opens its menu: not every browser tells of it by itself. */
export function useLongPress() {
  const verbs = useVerbs();
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const opened = useRef(false);
  const start = useRef<readonly [x: number, y: number]>([0, 0]);
  useEffect(() => () => clearTimeout(timer.current), []);
  return useMemo(() => {
    const cancel = () => clearTimeout(timer.current);
    return {
      onTouchStartCapture: (event: TouchEvent) => {
        cancel();
        opened.current = false;
        const touch = event.touches[0];
        if (!touch || event.touches.length > 1) return;
        start.current = [touch.clientX, touch.clientY];
        const card = (event.target as Element).closest<HTMLElement>("[data-node], .react-flow__node");
        const node = card?.dataset["node"] ?? card?.dataset["id"] ?? null;
        timer.current = setTimeout(() => {
          opened.current = true;
          verbs.openMenu(node, start.current);
        }, LONG_MS);
      },
      onTouchMoveCapture: ({ touches }: TouchEvent) => {
        const [x, y] = start.current;
        if (touches[0] && Math.hypot(touches[0].clientX - x, touches[0].clientY - y) > STILL_PX) cancel();
      },
      onTouchEndCapture: (event: TouchEvent) => {
        cancel();
        // Else the click that follows would open the step, and close the menu.
        if (opened.current && event.cancelable) event.preventDefault();
      },
    };
  }, [verbs]);
}
