import { useEffect, useRef } from "react";

function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  return target.isContentEditable || ["INPUT", "TEXTAREA", "SELECT"].includes(target.tagName);
}

const sequenceMs = 900;

/**
 * Single keys ("/", "?") and two-key sequences ("g c") by the letter they type, so that they work on every
 * keyboard layout. Silent while the user types in a field or holds a modifier.
 */
export function useKeys(keys: Record<string, () => void>, enabled = true): void {
  const latest = useRef(keys);
  useEffect(() => {
    latest.current = keys;
  });
  useEffect(() => {
    if (!enabled) return undefined;
    let first = "";
    let pressedAt = 0;
    const onKey = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented || isTyping(event.target)) return;
      const fresh = event.timeStamp - pressedAt < sequenceMs;
      const action = (fresh && first && latest.current[`${first} ${event.key}`]) || latest.current[event.key];
      first = event.key;
      pressedAt = event.timeStamp;
      if (!action) return;
      event.preventDefault();
      first = "";
      action();
    };
    window.addEventListener("keydown", onKey);
    return () => window.removeEventListener("keydown", onKey);
  }, [enabled]);
}
