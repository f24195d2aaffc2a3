import i18next from "i18next";
import { expect, test } from "vitest";

import { setLanguage, startTexts } from "./index";

test("French marks are never parted from what they hold or end", async () => {
  await startTexts();
  await setLanguage("fr");
  await i18next.loadNamespaces(["automations", "settings"]);
  expect(i18next.t("done.archive", { ns: "automations", name: "/old" })).toContain("«\u00A0/old\u00A0»");
  expect(i18next.t("workspace.keepMonthsHint", { ns: "settings" })).toContain("Vide\u00A0: conservés");
});
