import type { ScenarioResult } from "@/api/rehearsals";

/** What is wrong: a step that is not there, of which nothing can be told, or else what came instead. */
export function faultsOf(result: ScenarioResult): string[] {
  if (result.fault !== null) return [result.fault];
  return result.verdicts.filter((verdict) => !verdict.holds).map((verdict) => verdict.text);
}
