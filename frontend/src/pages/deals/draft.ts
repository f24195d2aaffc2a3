import type { Deal, DealDraft, Pipeline } from "@/api/types";

/** What the form begins with: the deal as it is, or a new one at the first stage of the default pipeline. */
export function draftOf(deal: Deal | undefined, pipelines: Pipeline[]): DealDraft {
  const first = pipelines.find(({ is_default }) => is_default) ?? pipelines[0];
  return {
    name: deal?.name ?? "",
    amount: deal?.amount ?? null,
    pipeline_id: deal?.pipeline.id ?? first?.id ?? 0,
    stage_id: deal?.stage.id ?? first?.stages[0]?.id ?? 0,
    status: deal?.status ?? "open",
    owner_id: deal?.owner?.id ?? null,
    company_id: deal?.company?.id ?? null,
    contact_ids: deal?.contacts.map(({ id }) => id) ?? [],
  };
}
