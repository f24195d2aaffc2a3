import "i18next";

import type common from "./en/common.json";
import type editor from "./en/editor.json";

declare module "i18next" {
  interface CustomTypeOptions {
    defaultNS: "common";
    resources: { common: typeof common; editor: typeof editor };
  }
}
