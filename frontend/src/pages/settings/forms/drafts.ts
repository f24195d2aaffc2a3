/** Pure logic of a form's draft. */

import type { WebForm, WebFormDraft, WebFormField } from "@/api/forms";

const blank: WebFormField = {
  takes: "email",
  label: "",
  required: false,
  attribute: null,
  topic: null,
  name: "",
  value: "",
};

interface Words {
  email: string;
  title: string;
  button: string;
}

/** A new form: it asks for an address. */
export function newDraft({ email, title, button }: Words, language: WebFormDraft["design"]["language"]): WebFormDraft {
  return {
    name: "",
    enabled: true,
    domains: [],
    list_id: null,
    design: {
      kind: "newsletter",
      language,
      title,
      text: "",
      button,
      thanks: "",
      redirect: "",
      accent: "#4c51d9",
      scheme: "auto",
      fields: [{ ...blank, label: email, required: true }],
    },
  };
}

export function draftOf({ name, enabled, domains, list_id, design }: WebForm): WebFormDraft {
  return { name, enabled, domains, list_id, design };
}

/** What a field takes, in one word: `email`, `attribute:CITY`, `topic:7`. */
export function wordOf({ takes, attribute, topic }: WebFormField): string {
  if (takes === "attribute") return `attribute:${attribute ?? ""}`;
  return takes === "topic" ? `topic:${String(topic)}` : takes;
}

/** A field that takes what the word says, under a label that suits it. */
export function fieldOf(word: string, label: string): WebFormField {
  const at = word.indexOf(":");
  const takes = (at < 0 ? word : word.slice(0, at)) as WebFormField["takes"];
  const target = at < 0 ? "" : word.slice(at + 1);
  return {
    ...blank,
    takes,
    label: takes === "hidden" ? "" : label,
    required: takes === "email",
    attribute: takes === "attribute" ? target : null,
    topic: takes === "topic" ? Number(target) : null,
  };
}
