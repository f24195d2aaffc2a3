/** What a condition can be about in this workspace, and which operators and editors fit. */

import type { Field, OptionGroup } from "react-querybuilder";

import type { Vocabulary } from "@/api/types";

import { fieldOf, type Group, isGroup, partsOf } from "./convert";

export type Scope = "contact" | "event";
export type Shape = "none" | "one" | "many" | "number" | "date" | "range" | "duration";

export interface EventField {
  readonly key: string;
  readonly label: string;
  readonly kind: string;
  readonly options?: readonly { readonly value: string; readonly label: string }[];
}

export interface Subject extends Field {
  name: string;
  label: string;
  /** What operators apply; a key of the vocabulary's `operators`. */
  kind: string;
  options: { value: string; label: string }[];
  /** Named in the condition, but not there (any more). */
  missing?: boolean;
}

export interface Operator {
  key: string;
  label: string;
  value: Shape;
}

export interface Words {
  group: (key: "event" | "attributes" | "contact" | "company" | "activity" | "missing") => string;
  subject: (key: "list" | "tag" | "consent" | "owner" | "visit" | "deals" | "unknown") => string;
  /** “Email opened (number of times)” */
  events: (label: string) => string;
}

type Options = readonly Subject["options"][number][];

interface Source {
  vocabulary: Vocabulary;
  scope: Scope;
  eventFields: readonly EventField[];
  words: Words;
}

const plain = (texts: readonly string[]): Subject["options"] => texts.map((text) => ({ value: text, label: text }));

/** Groups of subjects for the picker; those `used` but not known come last, marked missing. */
export function subjectGroups({ vocabulary, scope, eventFields, words }: Source, used: Group): OptionGroup<Subject>[] {
  const groups = scope === "event" ? [eventGroup(eventFields, words)] : contactGroups(vocabulary, words);
  const known = new Set(groups.flatMap((group) => group.options.map((subject) => subject.name)));
  const missing = [...fieldsIn(used)].filter((field) => !known.has(field) && field !== "~");
  return missing.length === 0
    ? groups
    : [...groups, { label: words.group("missing"), options: missing.map((field) => missingSubject(field, words)) }];
}

function eventGroup(fields: readonly EventField[], words: Words): OptionGroup<Subject> {
  return {
    label: words.group("event"),
    options: fields.map(({ key, label, kind, options = [] }) => plainSubject("event", key, label, kind, options)),
  };
}

function contactGroups(vocabulary: Vocabulary, words: Words): OptionGroup<Subject>[] {
  const { attributes, contact_fields, company_fields, users, events } = vocabulary;
  const people = users.map((user) => ({ value: user.email, label: user.name }));
  const subject = (keyword: "list" | "tag" | "consent" | "owner" | "visit", options: Subject["options"] = []): Subject => ({
    name: keyword,
    label: words.subject(keyword),
    kind: keyword,
    options,
  });
  return [
    {
      label: words.group("attributes"),
      options: attributes.map(({ name, kind, options }) => ({
        name: fieldOf("attribute", name),
        label: name,
        kind,
        options: plain(options),
      })),
    },
    {
      label: words.group("contact"),
      options: [
        ...contact_fields.map(({ key, label, kind }) => plainSubject("field", key, label, kind)),
        subject("list"),
        subject("tag"),
        subject("consent"),
        subject("owner", people),
      ],
    },
    {
      label: words.group("company"),
      options: company_fields.map(({ key, label, kind }) => plainSubject("company", key, label, kind)),
    },
    {
      label: words.group("activity"),
      options: [
        subject("visit"),
        { name: "deals", label: words.subject("deals"), kind: "count", options: [] },
        ...events.map(({ name, label }) => ({
          name: fieldOf("events", name),
          label: words.events(label),
          kind: "count",
          options: [],
        })),
      ],
    },
  ];
}

function plainSubject(keyword: string, key: string, label: string, kind: string, options: Options = []): Subject {
  // The server's words stand inside sentences; here they begin a line.
  const begin = (words: string) => words.slice(0, 1).toLocaleUpperCase() + words.slice(1);
  const choices = options.map((option) => ({ value: option.value, label: begin(option.label) }));
  return { name: fieldOf(keyword, key), label: begin(label), kind, options: choices };
}

function missingSubject(field: string, words: Words): Subject {
  const { keyword, name } = partsOf(field);
  const events = keyword === "events";
  const label = events ? words.events(name) : keyword === "unknown" ? words.subject("unknown") : name;
  return { name: field, label, kind: events ? "count" : "text", options: [], missing: !events };
}

function fieldsIn(group: Group): Set<string> {
  return new Set(group.rules.flatMap((part) => (isGroup(part) ? [...fieldsIn(part)] : [part.field])));
}

/** Operators for a subject. Properties of events take those that also make sense for their kind. */
export function operatorsFor(subject: Subject | undefined, vocabulary: Vocabulary): Operator[] {
  if (!subject) {
    return [];
  }
  const listed = vocabulary.operators as Record<string, Operator[]>;
  const own = listed[subject.kind] ?? listed["text"] ?? [];
  if (partsOf(subject.name).keyword !== "event") {
    return own;
  }
  const keys = new Set(own.map((operator) => operator.key));
  return (listed["property"] ?? own).filter((operator) => keys.has(operator.key));
}

export function shapeOf(operator: string, subject: Subject | undefined, vocabulary: Vocabulary): Shape {
  return operatorsFor(subject, vocabulary).find((each) => each.key === operator)?.value ?? "one";
}
