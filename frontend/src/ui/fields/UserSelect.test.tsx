import { MantineProvider } from "@mantine/core";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import i18next from "i18next";
import { I18nextProvider, initReactI18next } from "react-i18next";
import { expect, test } from "vitest";

import { vocabularyKey } from "@/api/vocabulary";

import { UserSelect } from "./UserSelect";

const words = i18next.createInstance();
await words.use(initReactI18next).init({ lng: "en" });

const client = new QueryClient({ defaultOptions: { queries: { staleTime: Infinity } } });
client.setQueryData([...vocabularyKey, "en"], {
  users: [
    { id: 1, name: "Rita", email: "rita@example.com", roles: ["rep"] },
    { id: 2, name: "Mark", email: "mark@example.com", roles: ["marketer"] },
    { id: 3, name: "Gus", email: "gus@example.com", roles: ["guest"] },
  ],
});

test("as an owner only those are offered who sell, and whoever it is already", async () => {
  render(
    <I18nextProvider i18n={words}>
      <MantineProvider env="test">
        <QueryClientProvider client={client}>
          <UserSelect sellers label="Owner" value={3} onChange={() => undefined} />
        </QueryClientProvider>
      </MantineProvider>
    </I18nextProvider>,
  );
  await userEvent.click(screen.getByLabelText("Owner", { selector: "input" }));
  expect(screen.getAllByRole("option").map((option) => option.textContent)).toEqual(["Rita", "Gus"]);
});
