/** Test runs and scenarios: what would happen, asked of the server, which sends and changes nothing for it. */

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";

import type { AutomationDocument } from "@/flow/document";
import type { Language } from "@/i18n/languages";
import { useLanguage } from "@/i18n/useLanguage";

import { api, unwrap, unwrapAs } from "./client";
import type { components } from "./schema";
import type { SentDocument } from "./types";

type Schemas = components["schemas"];

export type TestRun = Schemas["TestRun"];
export type RehearsedStep = Schemas["RehearsedStep"];
export type Verdict = Schemas["Verdict"];
export type Expectation = Schemas["Expectation"];
export type Happening = Schemas["Happening"];
export type Person = Required<Schemas["Person"]>;
export type Scenario = Omit<Schemas["Scenario"], "given"> & { given?: Person };
export type KeptScenario = Schemas["KeptScenario"];
export type ScenarioResult = Schemas["ScenarioResult"];

export interface TestRunQuestion {
  document: AutomationDocument;
  contact_id: number | null;
  scenario: Scenario;
  skip_waits: boolean;
}

/** The draft whose steps a scenario names. */
interface Drafted {
  document: AutomationDocument;
}

const scenariosKey = (id: number) => ["automation-scenarios", id] as const;
const sent = (document: AutomationDocument) => document as unknown as SentDocument;

/** Lets one contact go through the document. */
export function useTestRun(id: number) {
  const lang = useLanguage();
  return useMutation({
    mutationFn: ({ document, ...question }: TestRunQuestion) =>
      unwrapAs<TestRun>(
        api.POST("/api/automations/{id}/test-runs", {
          params: { path: { id }, query: { lang } },
          body: { ...question, document: sent(document) },
        }),
      ),
  });
}

export function useScenarios(id: number) {
  return useQuery({
    queryKey: scenariosKey(id),
    queryFn: () => unwrap(api.GET("/api/automations/{id}/scenarios", { params: { path: { id } } })),
  });
}

const resultsOf = (id: number, lang: Language, document: AutomationDocument) =>
  unwrap(
    api.POST("/api/automations/{id}/scenarios/run", {
      params: { path: { id }, query: { lang } },
      body: { document: sent(document) },
    }),
  );

/** Tells which scenarios hold for the document. */
export function useRunScenarios(id: number) {
  const lang = useLanguage();
  return useMutation({ mutationFn: (document: AutomationDocument) => resultsOf(id, lang, document) });
}

/** Tells the same without being asked, anew for each document. */
export function useScenarioResults(id: number, document: AutomationDocument, enabled: boolean) {
  const lang = useLanguage();
  return useQuery({
    queryKey: ["automation-scenario-results", id, lang, document],
    queryFn: () => resultsOf(id, lang, document),
    enabled,
    gcTime: 0,
    retry: false,
    refetchOnWindowFocus: false,
  });
}

/** Keeps a scenario, changes the one of that id, or forgets it. */
export function useKeepScenarios(id: number) {
  const client = useQueryClient();
  const lang = useLanguage();
  const onSuccess = () => client.invalidateQueries({ queryKey: scenariosKey(id) });
  const path = { id };
  const add = useMutation({
    mutationFn: (body: ({ scenario: Scenario } | { text: string }) & Drafted) =>
      unwrap(
        api.POST("/api/automations/{id}/scenarios", {
          params: { path, query: { lang } },
          body: { ...body, document: sent(body.document) },
        }),
      ),
    onSuccess,
  });
  const change = useMutation({
    mutationFn: ({ scenario_id, text, document }: { scenario_id: number; text: string } & Drafted) =>
      unwrap(
        api.PUT("/api/automations/{id}/scenarios/{scenario_id}", {
          params: { path: { id, scenario_id }, query: { lang } },
          body: { text, document: sent(document) },
        }),
      ),
    onSuccess,
  });
  const remove = useMutation({
    mutationFn: (scenario_id: number) =>
      unwrap(api.DELETE("/api/automations/{id}/scenarios/{scenario_id}", { params: { path: { id, scenario_id } } })),
    onSuccess,
  });
  return { add, change, remove };
}
