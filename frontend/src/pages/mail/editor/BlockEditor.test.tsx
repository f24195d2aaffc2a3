import { MantineProvider } from "@mantine/core";
import { onlineManager, QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { act, render, waitFor } from "@testing-library/react";
import i18next from "i18next";
import { I18nextProvider, initReactI18next } from "react-i18next";
import { expect, test, vi } from "vitest";

import { vocabularyKey } from "@/api/vocabulary";

import { BlockEditor } from "./BlockEditor";
import { startBlocks } from "./blocks";

const { offer } = vi.hoisted(() => ({ offer: vi.fn<(known: Record<string, string[]>) => void>() }));

vi.mock("./messages", () => ({ messagesOf: () => Promise.resolve({}) }));
vi.mock("./blocks", () => ({
  startBlocks: vi.fn<typeof startBlocks>(
    () => ({ editor: { on: vi.fn<() => void>(), destroy: vi.fn<() => void>() }, offer, settle: vi.fn<() => void>() }) as never,
  ),
}));

const words = i18next.createInstance();
await words.use(initReactI18next).init({ lng: "en" });

test("the editor begins before anybody knows what events say, and offers it once it is known", async () => {
  onlineManager.setOnline(false);
  const client = new QueryClient({ defaultOptions: { queries: { staleTime: Infinity } } });
  client.setQueryData([...vocabularyKey, "en"], { attributes: [{ name: "CITY" }] });
  render(
    <I18nextProvider i18n={words}>
      <MantineProvider env="test">
        <QueryClientProvider client={client}>
          <BlockEditor source="" onChange={() => undefined} onReady={() => undefined} />
        </QueryClientProvider>
      </MantineProvider>
    </I18nextProvider>,
  );
  await waitFor(() => expect(offer).toHaveBeenCalledTimes(1));
  const early = Object.values(offer.mock.calls[0]?.[0] ?? {});
  expect(early).toEqual([["contact.CITY"], ["event.event_name", "event.event_time"]]);
  act(() => void client.setQueryData(["event-properties"], [{ event: "order_placed", properties: ["total"] }]));
  await waitFor(() => expect(Object.values(offer.mock.lastCall?.[0] ?? {})[1]).toContain("event.total"));
  expect(startBlocks).toHaveBeenCalledOnce();
});
