import { MantineProvider } from "@mantine/core";
import { Notifications, notifications } from "@mantine/notifications";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { act, fireEvent, render, screen, waitFor } from "@testing-library/react";
import { useMemo } from "react";
import { afterEach, expect, test, vi } from "vitest";

import { api } from "@/api/client";
import { useCheck } from "@/api/editor";
import { EditorProvider, type EditorScope, useDocument, useEditor } from "@/canvas/state/EditorContext";
import { createEditor, isRehearsing, openStep } from "@/canvas/state/store";
import { makeTools, makeVerbs } from "@/canvas/verbs";
import { catalog, scoring } from "@/flow/testing/scoring";

import { withDraft } from "./draft";
import { useApply } from "./useApply";

vi.setConfig({ testTimeout: 20_000 });

const t = ((key: string) => key) as unknown as Parameters<typeof makeTools>[2];
const fault = { node: "points", field: "value", code: "missing", severity: "error", message: "Say how many.", remedy: null };

afterEach(() => {
  act(() => notifications.clean());
  vi.restoreAllMocks();
});

/** Settings that are checked as they are changed, and applied by the button; then the canvas asks about what is applied. */
function Settings() {
  const apply = useApply();
  const draft = useEditor((state) => state.draft);
  const document = useDocument();
  const { isFetched } = useCheck(useMemo(() => withDraft(document, catalog, draft), [document, draft]));
  return <button onClick={() => apply("points")}>{isFetched ? "Checked" : "Unchecked"}</button>;
}

function setUp() {
  const answer = { data: { problems: [fault], summaries: {}, settings: {}, sentence: "", event_places: [] }, response: new Response() };
  const asked = vi.spyOn(api, "POST").mockResolvedValue(answer);
  const editor = createEditor(scoring, false);
  const tools = makeTools(editor, catalog, t);
  const scope = { automation: 1, editor, catalog, words: tools.words, verbs: makeVerbs(tools) } as unknown as EditorScope;
  openStep(editor, "points");
  editor.setState({ draft: { node: "points", config: { attribute: "SCORE", operation: "add" } } });
  const client = new QueryClient({ defaultOptions: { queries: { staleTime: 15_000 } } });
  render(
    <QueryClientProvider client={client}>
      <MantineProvider env="test">
        <EditorProvider value={scope}>
          <Settings />
        </EditorProvider>
        <Notifications />
      </MantineProvider>
    </QueryClientProvider>,
  );
  return { asked, editor };
}

test("what was checked before it was applied is not asked about again", async () => {
  const { asked, editor } = setUp();
  fireEvent.click(await screen.findByRole("button", { name: "Checked" }));
  await screen.findByText(/toast.unfinished/);
  expect(editor.getState().history.past).toHaveLength(1);
  expect(asked).toHaveBeenCalledTimes(1);
});

test("the way back leads to settings in sight: a rehearsal steps aside, and comes back once they are closed", async () => {
  const { editor } = setUp();
  fireEvent.click(await screen.findByRole("button", { name: "Checked" }));
  const back = await screen.findByRole("button", { name: /toast.open_settings/ });
  act(() => editor.setState({ panel: "rehearse" }));
  expect(isRehearsing(editor.getState())).toBe(true);
  fireEvent.click(back);
  await waitFor(() => expect(editor.getState().open).toBe("points"));
  expect(isRehearsing(editor.getState())).toBe(false);
  expect(editor.getState().intoSettings).toBe(true);
  act(() => openStep(editor, null));
  expect(isRehearsing(editor.getState())).toBe(true);
  act(() => openStep(editor, "points"));
  expect(isRehearsing(editor.getState())).toBe(true);
});
