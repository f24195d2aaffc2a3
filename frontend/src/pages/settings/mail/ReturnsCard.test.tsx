import { MantineProvider } from "@mantine/core";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { render, screen } from "@testing-library/react";
import i18next from "i18next";
import { I18nextProvider, initReactI18next } from "react-i18next";
import { afterEach, expect, test, vi } from "vitest";

import { api } from "@/api/client";
import type { ReturnServer } from "@/api/mailing";
import type { Language } from "@/i18n/languages";

import { ReturnsCard } from "./ReturnsCard";

vi.setConfig({ testTimeout: 20_000 });

afterEach(() => vi.restoreAllMocks());

const texts = import.meta.glob<object>("../../../i18n/*/{mail,common,sign-in}.json", { eager: true, import: "default" });
const settings: ReturnServer = {
  address: "",
  host: "",
  port: 993,
  username: "",
  has_password: false,
  folder: "INBOX",
  soft_limit: 3,
  soft_days: 30,
  fault: null,
};

async function show(lng: Language) {
  vi.spyOn(api, "GET").mockResolvedValue({ data: settings, response: new Response() } as never);
  const words = i18next.createInstance();
  const own = ["mail", "common", "sign-in"].map((ns) => [ns, texts[`../../../i18n/${lng}/${ns}.json`]] as const);
  await words.use(initReactI18next).init({ lng, defaultNS: "common", resources: { [lng]: Object.fromEntries(own) } as never });
  render(
    <I18nextProvider i18n={words}>
      <QueryClientProvider client={new QueryClient()}>
        <MantineProvider env="test">
          <ReturnsCard />
        </MantineProvider>
      </QueryClientProvider>
    </I18nextProvider>,
  );
}

test.each([
  ["en", /Every mail in the folder is marked as read/, /Answers are heard of.*nothing unread/],
  ["fr", /Chaque e-mail du dossier est marqué comme lu/, /Les réponses sont connues.*rien de non lu/],
  ["ru", /Каждое письмо в папке отмечается как прочитанное/, /Об ответах.*непрочитанного/],
] as const)("in %s, who lets answers be read is told what that costs", async (language, cost, answers) => {
  await show(language);
  expect(await screen.findByText(cost)).toBeDefined();
  expect(screen.getByText(answers)).toBeDefined();
});
