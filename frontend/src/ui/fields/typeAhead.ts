import type { KeyboardEvent } from "react";

import { takeTyped } from "./typedOption";

/** Who pauses for longer begins a new word. */
const PAUSE_MS = 800;

interface Typed {
  readonly input: HTMLInputElement;
  readonly text: string;
  readonly at: number;
  /** Looks for the text, until it has: a list that was just opened is not drawn yet. */
  timer: number | null;
}

let typed: Typed | null = null;

/**
 * Typing on a select that takes no text finds the option that begins with it, as on the browser's own: the list opens,
 * the same letter again goes on to the next, and Enter chooses, as does going on by Tab; so in one that takes text.
 */
export function typeAhead(event: KeyboardEvent<HTMLInputElement>): void {
  const { currentTarget: input, key } = event;
  if (event.nativeEvent.isComposing) return;
  if (!input.readOnly) takeTyped(event);
  else if (key === "Enter" || key === "Tab") take(event);
  else if (isText(event)) find(event);
}

function isText({ currentTarget: input, key, ctrlKey, metaKey, altKey, timeStamp }: KeyboardEvent<HTMLInputElement>): boolean {
  if (key.length !== 1 || ctrlKey || metaKey || altKey) return false;
  return key !== " " || goesOn(input, timeStamp);
}

function goesOn(input: HTMLInputElement, at: number): boolean {
  return typed?.input === input && at - typed.at < PAUSE_MS;
}

function find(event: KeyboardEvent<HTMLInputElement>): void {
  const { currentTarget: input, key, timeStamp: at } = event;
  const before = typed && goesOn(input, at) ? typed.text : "";
  event.preventDefault();
  // A space within a name would close the list.
  event.stopPropagation();
  if (typed?.timer) window.clearTimeout(typed.timer);
  if (!isOpen(input)) input.click();
  // Behind what the library does a moment after it opened the list.
  typed = { input, text: before + fold(key), at, timer: window.setTimeout(settle) };
}

/** Mark the option that was typed. */
function settle(): void {
  if (!typed?.timer) return;
  const { input, text } = typed;
  window.clearTimeout(typed.timer);
  typed.timer = null;
  const found = optionFor(text, optionsOf(input));
  if (!found) return;
  // Only keys tell the library which option is marked.
  for (let tries = optionsOf(input).length; tries >= 0 && !isMarked(found); tries -= 1) {
    input.dispatchEvent(new window.KeyboardEvent("keydown", { key: "ArrowDown", code: "ArrowDown", bubbles: true }));
  }
}

/**
 * Choose what is marked, which Tab does only for what was typed; what is chosen already stays so. The library counts where
 * it is and begins anew a moment after the list opened: with quick arrows it would choose another one than it marks.
 */
function take(event: KeyboardEvent<HTMLInputElement>): void {
  const { currentTarget: input, key } = event;
  if (typed?.input === input) settle();
  else if (key === "Tab") return;
  typed = null;
  const option = optionsOf(input).find(isMarked);
  if (!option) return;
  if (isChosen(option)) input.click();
  else option.click();
  if (key === "Tab") return;
  event.preventDefault();
  event.stopPropagation();
}

/** The next option after the marked one that begins with the text; while a word grows, the marked one may go on to be it. */
function optionFor(text: string, options: readonly HTMLElement[]): HTMLElement | undefined {
  const at = options.findIndex(isMarked) === -1 ? options.findIndex(isChosen) : options.findIndex(isMarked);
  const begins = (start: string, from: number) =>
    [...options.slice(from), ...options.slice(0, from)].find(
      (option) => fold(option.textContent).trim().startsWith(start) && !option.matches("[data-combobox-disabled]"),
    );
  const [letter = ""] = text;
  const again = text.length > 1 && text === letter.repeat(text.length) ? begins(letter, at + 1) : undefined;
  return begins(text, text.length > 1 ? Math.max(at, 0) : at + 1) ?? again;
}

function optionsOf(input: HTMLInputElement): HTMLElement[] {
  const list = document.getElementById(input.getAttribute("aria-controls") ?? "");
  return [...(list?.querySelectorAll<HTMLElement>("[data-combobox-option]") ?? [])];
}

function isOpen(input: HTMLInputElement): boolean {
  return input.getAttribute("aria-expanded") === "true";
}

function isMarked(option: HTMLElement): boolean {
  return option.matches("[data-combobox-selected]");
}

function isChosen(option: HTMLElement): boolean {
  return option.matches("[data-combobox-active]");
}

function fold(text: string): string {
  return text.normalize("NFD").replaceAll(/\p{M}/gu, "").toLowerCase();
}
