import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { act, renderHook } from "@testing-library/react";
import { expect, test, vi } from "vitest";

import { type Campaign, nextLook, useCampaign, useRecipients } from "./campaigns";

let settled = 1;
let asked = 0;

vi.mock("./client", () => ({
  unwrap: (call: Promise<unknown>) => call,
  api: {
    GET: (path: string) => {
      if (!path.endsWith("/recipients")) return Promise.resolve({ id: 5, state: "paused", settled });
      asked += 1;
      return Promise.resolve({ items: [], next_cursor: null });
    },
  },
}));

const of = (fields: Partial<Campaign>) => fields as Campaign;

test("one that waits is looked at when its time comes, not all the while", () => {
  const now = Date.parse("2027-01-15T08:00:00Z");
  const waiting = (until: string | null) => nextLook(of({ state: "scheduled", waits_until: until }), now);
  expect(waiting("2027-01-15T08:00:12Z")).toBe(12_000);
  expect(waiting("2027-01-16T08:00:00Z")).toBe(30_000);
  expect(waiting(null)).toBe(2000);
  expect(nextLook(of({ state: "sending", waits_until: null }), now)).toBe(2000);
  expect(nextLook(of({ state: "done", waits_until: null }), now)).toBe(false);
});

test("the recipients are asked anew as the campaign gets on", async () => {
  const client = new QueryClient();
  const { result } = renderHook(() => ({ campaign: useCampaign(5), recipients: useRecipients(5, "all") }), {
    wrapper: ({ children }) => <QueryClientProvider client={client}>{children}</QueryClientProvider>,
  });
  const look = async () => {
    await act(() => client.refetchQueries({ queryKey: ["campaigns", 5], exact: true }));
    await vi.waitFor(() => expect(result.current.campaign.data?.settled).toBe(settled));
  };
  await vi.waitFor(() => expect(result.current.recipients.items).toEqual([]));
  await look();
  expect(asked).toBe(1);
  settled = 2;
  await look();
  await vi.waitFor(() => expect(asked).toBe(2));
});
