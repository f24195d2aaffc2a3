/** Why a contact went its way through an automation, or never entered it. */

import { useQuery } from "@tanstack/react-query";

import type { Language } from "@/i18n/languages";

import { api, unwrap } from "./client";
import { contactKey } from "./contacts";
import type { components } from "./schema";

type Schemas = components["schemas"];
export type Why = Schemas["Why"];
export type Decision = Schemas["Decision"];
export type JudgedPart = Schemas["JudgedPart"];
export type ReasonedStep = Schemas["ReasonedStep"];

export function useWhy(contact: number, automation_id: number | null, lang: Language) {
  return useQuery({
    queryKey: [...contactKey(contact), "why", automation_id, lang],
    queryFn: () =>
      unwrap(
        api.GET("/api/contacts/{id}/why", {
          params: { path: { id: contact }, query: { automation_id: automation_id ?? 0, lang } },
        }),
      ),
    enabled: automation_id !== null,
  });
}
