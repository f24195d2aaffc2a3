/** What surrounds a part of the screen in tests: words, theme, and a server that already answered. */

import { MantineProvider } from "@mantine/core";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import i18next from "i18next";
import type { ReactNode } from "react";
import { I18nextProvider, initReactI18next } from "react-i18next";
import { MemoryRouter } from "react-router";

import { vocabularyKey } from "@/api/vocabulary";
import type { Vocabulary } from "@/api/types";
import editor from "@/i18n/en/editor.json";

const operator = (key: string, value: string) => ({ key, label: key, value });

/** A small workspace. */
export const vocabulary = {
  attributes: [
    { name: "SCORE", kind: "number", options: [] },
    { name: "COUNTRY", kind: "text", options: [] },
    { name: "PLAN", kind: "category", options: ["Free", "Pro"] },
  ],
  contact_fields: [{ key: "email", label: "email", kind: "text" }],
  company_fields: [{ key: "country", label: "company country", kind: "text" }],
  lists: [{ id: 3, name: "Newsletter" }],
  tags: ["vip"],
  users: [
    { id: 1, email: "rita@example.com", name: "Rita", roles: ["rep"] },
    { id: 2, email: "ron@example.com", name: "Ron", roles: ["rep"] },
  ],
  roles: ["rep"],
  pipelines: [{ id: 1, name: "Sales", stages: [{ id: 2, name: "Offer" }] }],
  segments: [],
  events: [
    { name: "email_opened", label: "Email opened" },
    { name: "page_left", label: "Page left behind" },
  ],
  operators: {
    text: [operator("eq", "one"), operator("empty", "none")],
    number: [operator("gte", "number"), operator("between", "range")],
    category: [operator("eq", "one"), operator("any_of", "many")],
    count: [operator("gte", "number")],
    list: [operator("in", "none"), operator("not_in", "none")],
    tag: [operator("has", "none")],
    owner: [operator("eq", "one")],
    property: [operator("eq", "one"), operator("gte", "number"), operator("any_of", "many")],
  },
} as unknown as Vocabulary;

const words = i18next.createInstance();
await words.use(initReactI18next).init({ lng: "en", ns: ["editor"], defaultNS: "editor", resources: { en: { editor } } });

const client = new QueryClient({ defaultOptions: { queries: { staleTime: Infinity } } });
client.setQueryData([...vocabularyKey, "en"], vocabulary);
client.setQueryData(["event-properties"], [{ event: "page_left", properties: ["page", "seconds"] }]);

export function Frame({ children }: { children: ReactNode }) {
  return (
    <I18nextProvider i18n={words}>
      <MantineProvider env="test">
        <QueryClientProvider client={client}>
          <MemoryRouter>{children}</MemoryRouter>
        </QueryClientProvider>
      </MantineProvider>
    </I18nextProvider>
  );
}
