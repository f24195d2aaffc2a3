import { MantineProvider } from "@mantine/core";
import { render, screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import i18next from "i18next";
import { type ReactNode, useState } from "react";
import { initReactI18next } from "react-i18next";
import { beforeAll, expect, test, vi } from "vitest";

import type { Workspace } from "@/api/types";
import settings from "@/i18n/en/settings.json";

import { FrequencyCaps, SendRates } from "./PressureFields";

vi.setConfig({ testTimeout: 20_000 });
vi.mock("@/api/vocabulary", () => ({
  useVocabulary: () => ({ data: { channels: [{ key: "webhook", label: "Webhooks" }] } }),
}));

beforeAll(async () => {
  await i18next.use(initReactI18next).init({ lng: "en", resources: { en: { settings } } });
});

/** Without animations: a list is there as soon as it is opened. */
function Frame({ children }: { children: ReactNode }) {
  return <MantineProvider env="test">{children}</MantineProvider>;
}

const told = vi.fn();

function Caps() {
  const [caps, setCaps] = useState<Workspace["frequency_caps"]>([]);
  told(caps);
  return <FrequencyCaps value={caps} onChange={setCaps} disabled={false} />;
}

function Rates() {
  const [rates, setRates] = useState<Workspace["send_rates"]>([]);
  told(rates);
  return <SendRates value={rates} onChange={setRates} disabled={false} />;
}

async function choose(name: string, option: string) {
  const user = userEvent.setup();
  await user.click(screen.getByRole("combobox", { name }));
  await user.click(await screen.findByRole("option", { name: option }));
}

test("a cap begins with all channels, is narrowed to one, and keeps its span within what a unit allows", async () => {
  render(<Caps />, { wrapper: Frame });
  const user = userEvent.setup();
  await user.click(screen.getByRole("button", { name: "Add cap" }));
  expect(told).toHaveBeenLastCalledWith([{ channel: null, most: 2, within: { amount: 1, unit: "days" } }]);
  await choose("Unit", "hours");
  const span = screen.getByRole("textbox", { name: "Within" });
  await user.clear(span);
  await user.type(span, "200");
  await choose("Unit", "days");
  await choose("Channel", "Webhooks");
  expect(told).toHaveBeenLastCalledWith([{ channel: "webhook", most: 2, within: { amount: 90, unit: "days" } }]);
  await user.click(screen.getByRole("button", { name: "Remove cap 1" }));
  expect(told).toHaveBeenLastCalledWith([]);
});

test("a channel has one send rate", async () => {
  render(<Rates />, { wrapper: Frame });
  const user = userEvent.setup();
  await user.click(screen.getByRole("button", { name: "Add send rate" }));
  expect(told).toHaveBeenLastCalledWith([{ channel: "webhook", most: 100, per: "minute" }]);
  expect(screen.queryByRole("button", { name: "Add send rate" })).toBeNull();
  await choose("Per", "an hour");
  expect(told).toHaveBeenLastCalledWith([{ channel: "webhook", most: 100, per: "hour" }]);
  expect(within(document.body).getAllByRole("button", { name: /^Remove/ })).toHaveLength(1);
});

test("each cap is named, and the focus stays near when one is removed", async () => {
  render(<Caps />, { wrapper: Frame });
  const user = userEvent.setup();
  const add = screen.getByRole("button", { name: "Add cap" });
  await user.click(add);
  await user.click(add);
  const second = screen.getByRole("group", { name: "cap 2" });
  await user.click(within(second).getByRole("button", { name: "Remove cap 2" }));
  expect(screen.queryByRole("group", { name: "cap 2" })).toBeNull();
  expect(document.activeElement).toBe(screen.getByRole("button", { name: "Add cap" }));
});
