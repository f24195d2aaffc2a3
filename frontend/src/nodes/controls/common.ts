import type { Json } from "@/flow/document";
import type { ControlProps } from "@/nodes/form/types";

/** Props that all of Mantine's inputs share. */
export function inputProps({ id, label, description, required, disabled, error }: ControlProps) {
  return { id, label, description, withAsterisk: required, disabled, error };
}

export function textOf(value: Json | undefined): string {
  return typeof value === "string" || typeof value === "number" ? String(value) : "";
}

export interface Choice {
  value: string;
  label: string;
}

/** The choices, and what was chosen though it is no longer among them, named by `gone`. */
export function withChosen(choices: Choice[], chosen: readonly string[], gone: (value: string) => string): Choice[] {
  const known = new Set(choices.map((choice) => choice.value));
  return [...choices, ...chosen.filter((value) => !known.has(value)).map((value) => ({ value, label: gone(value) }))];
}
