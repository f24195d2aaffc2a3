import { MantineProvider, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { Notifications, notifications } from "@mantine/notifications";
import { QueryClient, QueryClientProvider, useMutation } from "@tanstack/react-query";
import { act, fireEvent, render, screen } from "@testing-library/react";
import { afterEach, expect, test, vi } from "vitest";

import { Problem } from "@/api/problem";

import { PanelOpened } from "./panelOpened";
import { SavingForm } from "./SavingForm";

vi.setConfig({ testTimeout: 20_000 });

afterEach(() => act(() => notifications.clean()));

const onDone = vi.fn();

function NameForm({ answer }: { answer: Promise<void> }) {
  const form = useForm({ initialValues: { name: "" } });
  const save = useMutation({ mutationFn: (_name: string) => answer });
  return (
    <SavingForm form={form} save={save} draft={({ name }) => name} verb="Keep" said="Kept" onDone={onDone}>
      <TextInput label="Name" {...form.getInputProps("name")} />
    </SavingForm>
  );
}

function open() {
  const answer = Promise.withResolvers<void>();
  const client = new QueryClient();
  const draw = (shown: "open" | "closing" | "gone") => (
    <QueryClientProvider client={client}>
      <MantineProvider env="test">
        <PanelOpened value={shown === "open"}>{shown !== "gone" && <NameForm answer={answer.promise} />}</PanelOpened>
        <Notifications />
      </MantineProvider>
    </QueryClientProvider>
  );
  const { rerender } = render(draw("open"));
  fireEvent.click(screen.getByRole("button", { name: "Keep" }));
  return { answer, show: (shown: "open" | "closing" | "gone") => rerender(draw(shown)) };
}

const refused = () =>
  new Problem(422, { errors: [{ field: "name", code: "taken", message: "This name is taken." }] });

test("a refusal is shown at its field, and not told besides", async () => {
  const { answer } = open();
  answer.reject(refused());
  expect(await screen.findByText(/taken/)).toBeDefined();
  expect(screen.queryByRole("alert")).toBeNull();
});

test.each(["closing", "gone"] as const)("a refusal that comes once the panel is %s is told", async (shown) => {
  const { answer, show } = open();
  show(shown);
  answer.reject(refused());
  expect((await screen.findByRole("alert")).textContent).toContain("taken");
});

test("what is saved once the panel is gone is said, and the panel that may be open by then stays", async () => {
  const { answer, show } = open();
  show("gone");
  answer.resolve();
  expect(await screen.findByText("Kept")).toBeDefined();
  expect(onDone).not.toHaveBeenCalled();
});
