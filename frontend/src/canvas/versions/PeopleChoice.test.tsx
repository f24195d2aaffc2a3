import { MantineProvider } from "@mantine/core";
import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import i18next from "i18next";
import { initReactI18next } from "react-i18next";
import { expect, test, vi } from "vitest";

import type { PlaceInside } from "@/api/types";
import versions from "@/i18n/en/versions.json";

import { everybodyStays, stay } from "./choices";
import { PeopleChoice } from "./PeopleChoice";

await i18next.use(initReactI18next).init({ lng: "en", resources: { en: { versions } } });
const at = "2026-11-02T09:00:00Z";

function place(number: number): PlaceInside {
  const before = { first: null, last: null, node: null, words: null };
  const node = `wait_${String(number)}`;
  return { version: 1, node, words: `Wait ${String(number)}`, contacts: 1, since: at, latest: at, before, fit: "same", to: node, after: before, done: [] };
}

test("of many places each can be chosen for: those not listed at once are shown when asked for", async () => {
  const places = Array.from({ length: 63 }, (_, index) => place(index));
  const onChange = vi.fn();
  const document = { nodes: [], edges: [] } as never;
  render(
    <MantineProvider env="test">
      <PeopleChoice places={places} contacts={63} choices={everybodyStays} onChange={onChange} document={document} summaries={{}} catalog={new Map()} />
    </MantineProvider>,
  );
  expect(screen.getAllByRole("listitem")).toHaveLength(60);
  await userEvent.click(screen.getByRole("button", { name: "Show them" }));
  expect(screen.getAllByRole("listitem")).toHaveLength(63);
  await userEvent.selectOptions(screen.getByRole("combobox", { name: /Wait 62/u }), "leave");
  expect(onChange).toHaveBeenCalledWith({ ...everybodyStays, places: { "1/wait_62": { ...stay, way: "leave" } } });
});
