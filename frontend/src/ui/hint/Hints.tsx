import { Tooltip } from "@mantine/core";
import { useEffect, useId, useState } from "react";

import { type Side, sides } from "./hint";

const DELAY_MS = 350;

interface Shown {
  target: HTMLElement;
  words: string;
  side: Side;
}

/**
 * The one tooltip for all elements with a `hint`. One of its own for each of the editor's buttons would take a tenth of the
 * time that the editor takes to open.
 */
export function Hints() {
  const [shown, setShown] = useState<Shown | null>(null);
  const id = useId();
  useEffect(() => watch(setShown), []);
  const target = shown?.target;
  useEffect(() => (target ? follow(target, setShown) : undefined), [target]);
  useEffect(() => (target ? describe(target, id) : undefined), [target, id]);
  if (!shown) return null;
  const label = <span id={id}>{shown.words}</span>;
  return <Tooltip opened target={shown.target} label={label} position={shown.side} multiline maw={280} />;
}

/** Tells which hint is due, until the returned function is called: what is pointed at, else what has the focus. */
function watch(show: (shown: Shown | null) => void): () => void {
  const done = new AbortController();
  let pointed: HTMLElement | null = null;
  let focused: HTMLElement | null = null;
  let due: HTMLElement | null = null;
  let timer = 0;
  const drop = () => {
    window.clearTimeout(timer);
    show(null);
  };
  const settle = () => {
    const next = pointed ?? focused;
    if (next === due) return;
    due = next;
    drop();
    if (next) timer = window.setTimeout(() => show(read(next)), DELAY_MS);
  };
  const on = <Kind extends keyof DocumentEventMap>(kind: Kind, listener: (event: DocumentEventMap[Kind]) => void) =>
    document.addEventListener(kind, listener, { signal: done.signal, capture: true, passive: true });
  const point = (at: HTMLElement | null) => {
    pointed = at;
    settle();
  };
  const focus = (at: HTMLElement | null) => {
    focused = at;
    settle();
  };
  on("pointerover", ({ target, pointerType }) => point(pointerType === "touch" ? null : hinted(target)));
  on("pointerleave", ({ target }) => target === document.documentElement && point(null));
  on("focusin", ({ target }) => focus(target instanceof Element && target.matches(":focus-visible") ? hinted(target) : null));
  on("focusout", () => focus(null));
  // What is pressed is known; its words may no longer hold.
  on("pointerdown", drop);
  on("keydown", drop);
  return () => {
    done.abort();
    drop();
  };
}

/** Keeps up with a target whose words change, or that is taken away. */
function follow(target: HTMLElement, show: (shown: Shown | null) => void): () => void {
  const words = new MutationObserver(() => show(read(target)));
  words.observe(target, { attributes: true, attributeFilter: ["data-hint"] });
  const place = new MutationObserver(() => {
    if (!target.isConnected) show(null);
  });
  place.observe(document.body, { childList: true, subtree: true });
  return () => {
    words.disconnect();
    place.disconnect();
  };
}

/** Has the words read out with the target, unless they are its name. */
function describe(target: HTMLElement, id: string): (() => void) | undefined {
  if (target.dataset["hint"] === target.getAttribute("aria-label")) return undefined;
  target.setAttribute("aria-describedby", id);
  return () => target.removeAttribute("aria-describedby");
}

function hinted(target: EventTarget | null): HTMLElement | null {
  return target instanceof Element ? target.closest<HTMLElement>("[data-hint]") : null;
}

function read(target: HTMLElement): Shown | null {
  const { hint: words, hintSide } = target.dataset;
  return words && target.isConnected ? { target, words, side: sides.find((side) => side === hintSide) ?? "top" } : null;
}
