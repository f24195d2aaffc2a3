import type { KeyboardEvent, SyntheticEvent } from "react";

let typed: { readonly field: EventTarget; readonly text: string } | null = null;

/** Remember what is typed into a field to find an option. */
export function noteTyping({ currentTarget }: SyntheticEvent<HTMLInputElement>): void {
  typed = { field: currentTarget, text: currentTarget.value };
}

/** Going on by Tab takes what was typed, as Enter does. */
export function takeTyped({ currentTarget, key }: KeyboardEvent<HTMLInputElement>): void {
  if (key === "Tab") typedOption(currentTarget)?.click();
  if (["Enter", "Escape", "Tab"].includes(key)) typed = null;
}

/** The option of an open list that is marked for what stands typed in its field; null: nothing was typed, or no list is open. */
export function typedOption(field: EventTarget | null): HTMLElement | null {
  if (!(field instanceof HTMLInputElement) || field.getAttribute("aria-expanded") !== "true") return null;
  if (typed?.field !== field || typed.text !== field.value || field.value === "") return null;
  const list = document.getElementById(field.getAttribute("aria-controls") ?? "");
  return list?.querySelector<HTMLElement>("[data-combobox-selected]") ?? null;
}
