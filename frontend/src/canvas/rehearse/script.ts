/** The story of a test run, as the form holds it, and what may be expected from what came of it. */

import type { Expectation, Happening, TestRun } from "@/api/rehearsals";
import type { AutomationDocument, FlowNode, Json, JsonObject } from "@/flow/document";
import { asObject, listOf } from "@/flow/json";

export type Unit = Happening["after"]["unit"];

export interface Datum {
  readonly key: string;
  readonly value: string;
}

/** A line of the story: `event` null is a time in which nothing happens. */
export interface Line {
  readonly amount: number;
  readonly unit: Unit;
  readonly event: string | null;
  readonly data: readonly Datum[];
}

/** What the trigger's event filter asks to be equal to something: with this data the event fits it. */
export function fittingData(trigger: FlowNode | undefined): Datum[] {
  const parts = listOf(asObject(trigger?.config["event_filter"])["all"]).map(asObject);
  return parts.flatMap(({ event, op, value }) =>
    typeof event === "string" && op === "eq" && value !== null && typeof value !== "object"
      ? [{ key: event, value: String(value) }]
      : [],
  );
}

/** What was typed as JSON has it: numbers and truth values are no texts. */
function typed(value: string): Json {
  if (value === "true" || value === "false") return value === "true";
  return value.trim() !== "" && Number.isFinite(Number(value)) ? Number(value) : value;
}

function properties(data: readonly Datum[]): JsonObject {
  return Object.fromEntries(data.filter(({ key }) => key.trim()).map(({ key, value }) => [key.trim(), typed(value)]));
}

export function storyOf(trigger: string | null, data: readonly Datum[], lines: readonly Line[]): Happening[] {
  const entry: Happening[] = trigger
    ? [{ after: { amount: 0, unit: "minutes" }, event: null, trigger, properties: properties(data) }]
    : [];
  return [
    ...entry,
    ...lines.map((line) => ({
      after: { amount: line.amount, unit: line.unit },
      event: line.event,
      trigger: null,
      properties: properties(line.data),
    })),
  ];
}

const blank = { node: null, port: null, attribute: null, value: null };

/** Expects what just came: each choice of a way, and the end. */
export function expectationsOf(trial: TestRun): Expectation[] {
  const ways = trial.steps.filter((step) => step.way).map(({ node, port }) => ({ ...blank, kind: "goes" as const, node, port }));
  switch (trial.ending) {
    case "waits":
      return [...ways, { ...blank, kind: "waits", node: trial.node }];
    case "left":
      return [...ways, { ...blank, kind: "leaves" }];
    case "none":
      return [{ ...blank, kind: "refused" }];
    case "failed":
      return ways;
  }
}

/** The attributes that conditions and settings of the document name, as far as the workspace has them. */
export function attributesIn(document: AutomationDocument, known: readonly string[]): string[] {
  const written = JSON.stringify([document.nodes.map((node) => node.config), document.settings]);
  return known.filter((name) => written.includes(`"attribute":${JSON.stringify(name)}`));
}
