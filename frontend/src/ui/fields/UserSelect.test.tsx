import { MantineProvider } from "@mantine/core";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import i18next from "i18next";
import { I18nextProvider, initReactI18next } from "react-i18next";
import { expect, test } from "vitest";

import { vocabularyKey } from "@/api/vocabulary";
import common from "@/i18n/en/common.json";

import { UserSelect, type UserSelectProps } from "./UserSelect";

const words = i18next.createInstance();
await words.use(initReactI18next).init({ lng: "en", ns: ["common"], defaultNS: "common", resources: { en: { common } } });

const client = new QueryClient({ defaultOptions: { queries: { staleTime: Infinity } } });
client.setQueryData([...vocabularyKey, "en"], {
  users: [
    { id: 1, name: "Rita", email: "rita@example.com", roles: ["rep"] },
    { id: 2, name: "Mark", email: "mark@example.com", roles: ["marketer"] },
    { id: 3, name: "Gus", email: "gus@example.com", roles: ["guest"] },
    { id: 4, name: "Gus", email: "gus.keller@example.com", roles: ["rep"] },
  ],
});

async function open(props: Partial<UserSelectProps>) {
  render(
    <I18nextProvider i18n={words}>
      <MantineProvider env="test">
        <QueryClientProvider client={client}>
          <UserSelect label="Owner" value={null} onChange={() => undefined} {...props} />
        </QueryClientProvider>
      </MantineProvider>
    </I18nextProvider>,
  );
  const field = screen.getByLabelText("Owner", { selector: "input" });
  await userEvent.click(field);
  return field;
}

const offered = () => screen.getAllByRole("option").map((option) => option.textContent);

test("as an owner only those are offered who sell, and whoever it is already", async () => {
  await open({ sellers: true, value: 3 });
  expect(offered()).toEqual(["RitaRep · rita@example.com", "Gus (gus@example.com)Guest · gus@example.com", "Gus (gus.keller@example.com)Rep · gus.keller@example.com"]);
});

test("two of one name are told apart by role and address, and found by them", async () => {
  const field = await open({});
  await userEvent.type(field, "gus.k");
  expect(offered()).toEqual(["Gus (gus.keller@example.com)Rep · gus.keller@example.com"]);
  await userEvent.clear(field);
  await userEvent.type(field, "gus");
  expect(offered()).toEqual(["Gus (gus@example.com)Guest · gus@example.com", "Gus (gus.keller@example.com)Rep · gus.keller@example.com"]);
});
