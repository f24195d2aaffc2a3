/* oxlint-disable unicorn/no-thenable -- so the stored form calls it; it is a word, never a function */
import { MantineProvider } from "@mantine/core";
import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import i18next from "i18next";
import { useState } from "react";
import { initReactI18next } from "react-i18next";
import { beforeAll, expect, test, vi } from "vitest";

import settings from "@/i18n/en/settings.json";

import { type QuietHours, QuietHoursFields } from "./QuietHoursFields";

vi.setConfig({ testTimeout: 20_000 });

beforeAll(async () => {
  await i18next.use(initReactI18next).init({ lng: "en", resources: { en: { settings } } });
});

const onChange = vi.fn();
const thens = [
  { value: "wait", label: "Waits" },
  { value: "skip", label: "Is left out" },
] as const;

function Held() {
  const [hours, setHours] = useState<QuietHours<"wait" | "skip">>();
  const change = (next: typeof hours) => {
    onChange(next);
    setHours(next);
  };
  return <QuietHoursFields label="Quiet" description="" value={hours} onChange={change} thens={thens} />;
}

test("quiet hours begin with every night, are narrowed to days, and are never left without one", async () => {
  render(<Held />, { wrapper: MantineProvider });
  const user = userEvent.setup();
  await user.click(screen.getByRole("switch", { name: "Quiet" }));
  expect(onChange).toHaveBeenLastCalledWith({ from: "21:00", to: "08:00", then: "wait" });
  for (const day of ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"]) {
    // oxlint-disable-next-line no-await-in-loop -- one click after the other
    await user.click(screen.getByRole("checkbox", { name: day }));
  }
  const sundays = { from: "21:00", to: "08:00", days: [7], then: "wait" };
  expect(onChange).toHaveBeenLastCalledWith(sundays);
  await user.click(screen.getByRole("checkbox", { name: "Sunday" }));
  expect(onChange).toHaveBeenLastCalledWith(sundays);
  expect(screen.getByText(settings.quiet.unsound)).toBeDefined();
  await user.click(screen.getByRole("switch", { name: "Quiet" }));
  expect(onChange).toHaveBeenLastCalledWith(undefined);
});
