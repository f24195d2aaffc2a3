import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { act, renderHook } from "@testing-library/react";
import { beforeEach, expect, test, vi } from "vitest";

import type { Campaign } from "@/api/campaigns";
import { Problem } from "@/api/problem";

import { useCampaignForm } from "./useCampaignForm";

type Body = { name: string; settings: Campaign["settings"]; revision: number };

/** What the server holds, and answers it has not given yet. */
let there: Campaign;
let waiting: (() => void)[] = [];
let slow = false;
let names: string[] = [];
const puts: Body[] = [];

vi.mock("@/ui/feedback/toast", () => ({ toastProblem: vi.fn() }));
vi.mock("@/api/client", () => ({
  unwrap: (call: Promise<unknown>) => call,
  api: {
    GET: () => Promise.resolve(there),
    PUT: async (_: string, { body }: { body: Body }) => {
      puts.push(body);
      if (slow) await new Promise<void>((answer) => waiting.push(answer));
      const refusal = (field: string, code: string) => new Problem(409, { errors: [{ field, code, message: code }] });
      if (body.revision !== there.revision) throw refusal("revision", "outdated");
      if (names.includes(body.name)) throw refusal("name", "taken");
      there = { ...there, name: body.name, settings: body.settings, revision: there.revision + 1 };
      return there;
    },
  },
}));

const draft = {
  id: 5,
  name: "Sale",
  revision: 1,
  state: "draft",
  settings: { lists: [1], subject: "" },
} as unknown as Campaign;

beforeEach(() => {
  there = draft;
  [puts.length, waiting, slow, names] = [0, [], false, []];
});

const edit = () =>
  renderHook(() => useCampaignForm(draft), {
    wrapper: ({ children }) => <QueryClientProvider client={new QueryClient()}>{children}</QueryClientProvider>,
  });
/** Lets the next answer come. */
const answer = () =>
  act(async () => {
    await vi.waitFor(() => expect(waiting).not.toHaveLength(0));
    waiting.shift()?.();
  });

test("a list taken back while it was being written is not in what is kept", async () => {
  slow = true;
  const { result } = edit();
  act(() => result.current.form.setFieldValue("lists", [1, 2]));
  const answers: Promise<number | null>[] = [];
  const save = () => act(() => void answers.push(result.current.saveNow()));
  save();
  await vi.waitFor(() => expect(puts).toHaveLength(1));
  act(() => result.current.form.setFieldValue("lists", [1]));
  save();
  expect(puts).toHaveLength(1);
  await answer();
  await answer();
  expect(await Promise.all(answers)).toEqual([2, 3]);
  expect(puts.map(({ settings }) => settings.lists)).toEqual([[1, 2], [1]]);
  expect(there.settings.lists).toEqual([1]);
});

test("what was typed last is written when the editor is left, and when the page goes", async () => {
  const { result, unmount } = edit();
  act(() => result.current.form.setFieldValue("subject", "Only today"));
  act(() => void window.dispatchEvent(new Event("pagehide")));
  await vi.waitFor(() => expect(there.settings.subject).toBe("Only today"));
  act(() => result.current.form.setFieldValue("subject", "Only now"));
  unmount();
  await vi.waitFor(() => expect(there.settings.subject).toBe("Only now"));
  expect(puts).toHaveLength(2);
});

test("a name in use is told at its field, and the rest is kept under the old name", async () => {
  names = ["Taken"];
  const { result } = edit();
  act(() => result.current.form.setValues({ name: "Taken", subject: "Only today" }));
  let saved: number | null = 0;
  await act(async () => {
    saved = await result.current.saveNow();
  });
  expect(saved).toBeNull();
  expect([there.name, there.settings.subject]).toEqual(["Sale", "Only today"]);
  expect(result.current.form.errors).toEqual({ name: "taken" });
  expect([result.current.state, result.current.unsaved.current]).toEqual(["failed", true]);
});

test("what somebody else wrote is not written over but shown", async () => {
  const { result } = edit();
  there = { ...draft, name: "Theirs", revision: 2 };
  act(() => result.current.form.setFieldValue("subject", "Mine"));
  let saved: number | null = 0;
  await act(async () => {
    saved = await result.current.saveNow();
  });
  expect(saved).toBeNull();
  expect(result.current.form.values).toMatchObject({ name: "Theirs", subject: "" });
  expect([result.current.reloaded, result.current.state]).toEqual([true, "saved"]);
  await act(async () => {
    saved = await result.current.saveNow();
  });
  expect([saved, puts.length]).toEqual([2, 1]);
});
