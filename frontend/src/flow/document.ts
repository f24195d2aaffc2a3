/** The stored form of an automation, `cadenza.automation/1`, as the editor holds it. Every value is immutable. */

export const FORMAT = "cadenza.automation/1";

export type Json = null | boolean | number | string | readonly Json[] | JsonObject;
export interface JsonObject {
  readonly [key: string]: Json;
}

export interface FlowNode {
  readonly id: string;
  readonly type: string;
  readonly config: JsonObject;
}

/** A way out of a node: where an edge starts. */
export interface Exit {
  readonly from: string;
  readonly port: string;
}

export interface FlowEdge extends Exit {
  readonly to: string;
}

/** Top left corner of a node's card, in canvas units. */
export type Position = readonly [x: number, y: number];
export type Positions = Readonly<Record<string, Position>>;

/** An event that ends runs; with a filter, only if its own data match. */
export type ExitEvent = { readonly event: string; readonly filter?: JsonObject };

/** When contacts may enter, by their own clock (1 is Monday), and what becomes of those who come at other times. */
export type EntryHours = {
  readonly days: readonly number[];
  readonly from: string;
  readonly to: string;
  readonly outside: "wait" | "refuse";
};

/** When nothing reaches a contact, by its own clock: to the next day if `to` is not later. Without `days`: every day. */
export type QuietHours = {
  readonly from: string;
  readonly to: string;
  readonly days?: readonly number[];
  readonly then: "wait" | "skip" | "send";
};

export interface Settings {
  readonly re_entry?: boolean | undefined;
  readonly exit_conditions?: readonly JsonObject[] | undefined;
  readonly exit_events?: readonly ExitEvent[] | undefined;
  readonly run_key?: string | undefined;
  readonly entry_limit?: number | undefined;
  readonly entry_hours?: EntryHours | undefined;
  readonly quiet_hours?: QuietHours | undefined;
  readonly priority?: "high" | "low" | undefined;
  readonly when_capped?: "skip" | undefined;
  readonly time_zone?: string | undefined;
  readonly [key: string]: Json | undefined;
}

/** Steps under one name, drawn as one card while collapsed. No step is in two groups; a group has two steps or more. */
export interface StepGroup {
  readonly id: string;
  readonly name: string;
  readonly nodes: readonly string[];
  readonly collapsed: boolean;
}

/** `layout` holds the nodes that a person placed; the others are laid out by `positionsOf`. */
export interface AutomationDocument {
  readonly format: typeof FORMAT;
  readonly name: string;
  readonly settings: Settings;
  readonly nodes: readonly FlowNode[];
  readonly edges: readonly FlowEdge[];
  readonly layout: Positions;
  readonly groups?: readonly StepGroup[];
}

/** Name an exit, for use as a key. */
export function exitKey({ from, port }: Exit): string {
  return `${from}:${port}`;
}

/** Name an edge; its exit is enough, as an exit leads to one place only. */
export function edgeKey(edge: FlowEdge): string {
  return exitKey(edge);
}

export function sameExit(one: Exit, other: Exit): boolean {
  return one.from === other.from && one.port === other.port;
}

/** Whether two documents do the same: positions, groups, and the order in which parts are written, do not matter. */
export function sameMeaning(one: AutomationDocument, other: AutomationDocument): boolean {
  return meaningOf(one) === meaningOf(other);
}

function meaningOf({ settings, nodes, edges }: AutomationDocument): string {
  return canonical({
    settings: settings as JsonObject,
    nodes: nodes.map((node) => canonical({ ...node })).toSorted(),
    edges: edges.map((edge) => canonical({ ...edge })).toSorted(),
  });
}

function canonical(value: Json): string {
  return JSON.stringify(value, (_key, part: unknown) =>
    typeof part === "object" && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  );
}
