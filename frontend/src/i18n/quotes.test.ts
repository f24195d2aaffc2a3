import i18next from "i18next";
import { expect, test } from "vitest";

import { setLanguage, startTexts } from "./index";

test("what French quotes hold is never parted from them", async () => {
  await startTexts();
  await setLanguage("fr");
  await i18next.loadNamespaces("automations");
  expect(i18next.t("done.archive", { ns: "automations", name: "/old" })).toContain("«\u00A0/old\u00A0»");
});
