import { MantineProvider } from "@mantine/core";
import { Notifications, notifications as toasts } from "@mantine/notifications";
import { act, render, screen } from "@testing-library/react";
import i18next from "i18next";
import { useEffect } from "react";
import { I18nextProvider, initReactI18next } from "react-i18next";
import { MemoryRouter } from "react-router";
import { afterEach, beforeEach, expect, test, vi } from "vitest";

import type { Notification } from "@/api/types";
import common from "@/i18n/en/common.json";

import { letListTell, useAlertToasts } from "./useAlertToasts";

const words = i18next.createInstance();
await words.use(initReactI18next).init({ lng: "en", ns: ["common"], defaultNS: "common", resources: { en: { common } } });

let small = false;
let alert: (item: Notification) => void;

function Alerts({ limit }: { limit: number }) {
  const latest = useAlertToasts();
  useEffect(() => {
    alert = latest;
  });
  return <Notifications limit={limit} />;
}

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal("matchMedia", () => ({ matches: small, addEventListener: vi.fn(), removeEventListener: vi.fn() }));
});

afterEach(() => {
  act(() => toasts.clean());
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

function show(limit = 5) {
  render(
    <I18nextProvider i18n={words}>
      <MantineProvider env="test">
        <MemoryRouter>
          <Alerts limit={limit} />
        </MemoryRouter>
      </MantineProvider>
    </I18nextProvider>,
  );
}

function come(...titles: string[]) {
  for (const title of titles) act(() => alert({ id: title, title, body: "", contact: null, automation: null, comment: null } as unknown as Notification));
}

/** What the toasts say once those that leave are gone. */
function standing() {
  act(() => void vi.advanceTimersByTime(1000));
  return screen.queryAllByRole("alert").map((toast) => toast.textContent);
}

test("two alerts stand by themselves, more become one count", () => {
  small = false;
  show();
  come("Ann is hot", "Bob is hot");
  expect(standing()).toEqual([expect.stringContaining("Ann is hot"), expect.stringContaining("Bob is hot")]);
  come("Cid is hot", "Dot is hot");
  expect(standing()).toEqual([expect.stringContaining("4 new alerts")]);
});

test("on a phone, one toast at a time", () => {
  small = true;
  show();
  come("Ann is hot", "Bob is hot");
  expect(standing()).toEqual([expect.stringContaining("2 new alerts")]);
});

test("after the count is gone, the next alert stands by itself again", () => {
  small = false;
  show();
  come("Ann is hot", "Bob is hot", "Cid is hot");
  act(() => void vi.advanceTimersByTime(13_000));
  come("Dot is hot");
  expect(standing()).toEqual([expect.stringContaining("Dot is hot")]);
});

test("an alert that says no name names whom it is about", () => {
  show();
  const contact = { id: 7, name: "Maria Curie" };
  act(() => alert({ title: "Hot lead by keys", body: "", contact } as unknown as Notification));
  expect(standing()).toEqual([expect.stringContaining("Maria Curie")]);
});

test("while the list of alerts is open they are told there alone, those that wait too; others stay", () => {
  small = false;
  show(1);
  act(() => void toasts.show({ message: "Saved", autoClose: 3000 }));
  come("Ann is hot");
  act(() => letListTell(true));
  come("Bob is hot");
  expect(standing()).toEqual(["Saved"]);
  act(() => void vi.advanceTimersByTime(5000));
  expect(standing()).toEqual([]);
  act(() => letListTell(false));
  come("Cid is hot");
  expect(standing()).toEqual([expect.stringContaining("Cid is hot")]);
});
