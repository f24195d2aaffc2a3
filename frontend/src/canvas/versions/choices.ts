/** What the author chose for people inside: for everybody, and for those at certain steps. */

import type { PeopleChoices, PlaceInside } from "@/api/types";
import type { AutomationDocument } from "@/flow/document";
import { reachableFrom } from "@/flow/graph";

export type Way = PeopleChoices["everybody"] extends infer C ? (C extends { way: infer W } ? W : never) : never;

export interface Choice {
  readonly way: Way;
  readonly to: string | null;
  readonly repeat: boolean;
}

export interface Choices {
  readonly everybody: Choice;
  /** By `placeKey`; a place that is missing does as everybody. */
  readonly places: Readonly<Record<string, Choice>>;
}

export const stay: Choice = { way: "stay", to: null, repeat: false };
export const everybodyStays: Choices = { everybody: stay, places: {} };

export function placeKey({ version, node }: Pick<PlaceInside, "version" | "node">): string {
  return `${String(version)}/${node}`;
}

export function choiceAt(choices: Choices, place: PlaceInside): Choice {
  return choices.places[placeKey(place)] ?? choices.everybody;
}

/** The same choice for everybody again, or one for a place; null lets that place do as everybody. */
export function chosen(choices: Choices, place: PlaceInside | null, choice: Choice | null): Choices {
  if (place === null) return { everybody: choice ?? stay, places: {} };
  const { [placeKey(place)]: _, ...others } = choices.places;
  return { ...choices, places: choice ? { ...others, [placeKey(place)]: choice } : others };
}

/** Where contacts at a place stand afterwards; null: they stay in their version, or leave. */
export function targetOf(place: PlaceInside, { way, to }: Choice): string | null {
  return way === "go" ? to : way === "move" ? place.to : null;
}

/** The steps ahead of where they would stand that they may have done already. */
export function doneAhead(place: PlaceInside, choice: Choice, document: AutomationDocument): string[] {
  const target = targetOf(place, choice);
  if (target === null) return [];
  const ahead = reachableFrom(document, [target]);
  return place.done.filter((step) => step !== target && ahead.has(step));
}

/** Whether every choice says all that it must. */
export function areWhole({ everybody, places }: Choices): boolean {
  return [everybody, ...Object.values(places)].every(({ way, to }) => way !== "go" || to !== null);
}

/** As the server takes them. */
export function sent({ everybody, places }: Choices): PeopleChoices {
  return {
    everybody: { ...everybody },
    places: Object.entries(places).map(([key, choice]) => {
      const [version = "", node = ""] = key.split("/");
      return { ...choice, version: Number(version), node };
    }),
  };
}
