import { MantineProvider } from "@mantine/core";
import { Notifications, notifications } from "@mantine/notifications";
import { QueryClient, QueryClientProvider, useMutation } from "@tanstack/react-query";
import { act, fireEvent, render, screen } from "@testing-library/react";
import { useState } from "react";
import { flushSync } from "react-dom";
import { afterEach, expect, test } from "vitest";

import { Problem } from "@/api/problem";

import { tellOutcome } from "./tellOutcome";
import { toastDone } from "./toast";

afterEach(() => act(() => notifications.clean()));

interface RowProps {
  fetch: () => Promise<string>;
  onSent: () => void;
}

function Row({ fetch, onSent }: RowProps) {
  const turn = useMutation({ mutationFn: fetch, onMutate: onSent });
  return <button onClick={() => tellOutcome(turn.mutateAsync(), (message) => toastDone({ message }))}>Turn off</button>;
}

/** The row is gone by the time of the answer: somebody looks at another page of the list. */
function List({ fetch }: Pick<RowProps, "fetch">) {
  const [there, setThere] = useState(true);
  return there && <Row fetch={fetch} onSent={() => flushSync(() => setThere(false))} />;
}

function turnOff(fetch: () => Promise<string>) {
  render(
    <QueryClientProvider client={new QueryClient()}>
      <MantineProvider env="test">
        <List fetch={fetch} />
        <Notifications />
      </MantineProvider>
    </QueryClientProvider>,
  );
  fireEvent.click(screen.getByRole("button", { name: "Turn off" }));
}

test("why it failed is told although the row that asked is gone", async () => {
  turnOff(() => Promise.reject(new Problem(409, { detail: "It is needed elsewhere" })));
  expect(await screen.findByText("It is needed elsewhere")).toBeDefined();
  expect(screen.queryByRole("button", { name: "Turn off" })).toBeNull();
});

test("so is what was done", async () => {
  turnOff(() => Promise.resolve("It is off"));
  expect(await screen.findByText("It is off")).toBeDefined();
});

const sources = import.meta.glob<string>(["../../**/*.{ts,tsx}", "!../../**/*.test.{ts,tsx}"], {
  eager: true,
  query: "?raw",
  import: "default",
});

/** What stands between the brackets of each call of `mutate` and `mutateAsync`. */
function callsIn(text: string): string[] {
  return [...text.matchAll(/\bmutate(?:Async)?\(/gu)].map(({ 0: { length }, index }) => {
    let open = 1;
    let end = index + length;
    for (; open > 0 && end < text.length; end += 1) open += { "(": 1, ")": -1 }[text.charAt(end)] ?? 0;
    return text.slice(index + length, end);
  });
}

test("nowhere is a toast left to the callbacks of a call, which the component that made it takes along", () => {
  const calls = Object.entries(sources).flatMap(([path, text]) => callsIn(text).map((call) => ({ path, call })));
  expect(calls.length).toBeGreaterThan(50);
  expect(calls.filter(({ call }) => /\btoast\w+/u.test(call)).map(({ path }) => path)).toEqual([]);
});
