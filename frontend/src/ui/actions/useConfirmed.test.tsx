import { MantineProvider } from "@mantine/core";
import { ModalsProvider } from "@mantine/modals";
import { Notifications, notifications } from "@mantine/notifications";
import { QueryClient, QueryClientProvider, useMutation } from "@tanstack/react-query";
import { act, fireEvent, render, screen } from "@testing-library/react";
import { useState } from "react";
import { flushSync } from "react-dom";
import { afterEach, expect, test, vi } from "vitest";

import { useConfirmed } from "./useConfirmed";

vi.setConfig({ testTimeout: 20_000 });

afterEach(() => act(() => notifications.clean()));

const onDone = vi.fn();

function Row({ fetch, onGone }: { fetch: () => Promise<void>; onGone: () => void }) {
  const remove = useConfirmed(useMutation({ mutationFn: fetch, onSettled: onGone }));
  const question = { title: "Delete Ada?", body: "For good.", verb: "Yes", said: "Ada is gone", onDone };
  return <button onClick={() => remove(undefined, question)}>Delete</button>;
}

/** The row is gone by the time of the answer, as lists are fetched anew before it is told. */
function List({ fetch }: { fetch: () => Promise<void> }) {
  const [there, setThere] = useState(true);
  return there && <Row fetch={fetch} onGone={() => flushSync(() => setThere(false))} />;
}

async function confirm(fetch: () => Promise<void>) {
  render(
    <QueryClientProvider client={new QueryClient()}>
      <MantineProvider env="test">
        <ModalsProvider>
          <List fetch={fetch} />
        </ModalsProvider>
        <Notifications />
      </MantineProvider>
    </QueryClientProvider>,
  );
  fireEvent.click(screen.getByRole("button", { name: "Delete" }));
  fireEvent.click(await screen.findByRole("button", { name: "Yes" }));
}

test("what was deleted is said although its row is gone, and nothing is done there any more", async () => {
  await confirm(() => Promise.resolve());
  expect(await screen.findByText("Ada is gone")).toBeDefined();
  expect(screen.queryByRole("button", { name: "Delete" })).toBeNull();
  expect(onDone).not.toHaveBeenCalled();
});

test("what could not be deleted is told although its row is gone", async () => {
  await confirm(() => Promise.reject(new Error("used")));
  expect(await screen.findByRole("alert")).toBeDefined();
});
