import { Select } from "@mantine/core";
import { useTranslation } from "react-i18next";

import type { DealFilter } from "@/api/deals";
import { useVocabulary } from "@/api/vocabulary";
import { SearchField } from "@/ui/fields/SearchField";
import { UserSelect } from "@/ui/fields/UserSelect";

import { statuses } from "./useAddress";

interface DealsToolbarProps {
  filter: DealFilter;
  onChange: (values: Record<string, string | number | null>) => void;
}

/** Narrows the list by words, pipeline, stage, status and owner. */
export function DealsToolbar({ filter, onChange }: DealsToolbarProps) {
  const { t } = useTranslation(["deals", "common"]);
  const pipelines = useVocabulary().data?.pipelines ?? [];
  const stages = pipelines.find(({ id }) => id === filter.pipeline)?.stages ?? [];
  const chosen = (id: number | null) => (id === null ? null : String(id));
  const options = (items: { id: number; name: string }[]) =>
    items.map(({ id, name }) => ({ value: String(id), label: name }));
  return (
    <>
      <SearchField label={t("search")} value={filter.search} onChange={(search) => onChange({ search })} />
      <Select
        aria-label={t("field.pipeline")}
        placeholder={t("field.pipeline")}
        clearable
        w={170}
        data={options(pipelines)}
        value={chosen(filter.pipeline)}
        onChange={(pipeline) => onChange({ pipeline, stage: null })}
      />
      {stages.length > 0 && (
        <Select
          aria-label={t("field.stage")}
          placeholder={t("field.stage")}
          clearable
          w={160}
          data={options(stages)}
          value={chosen(filter.stage)}
          onChange={(stage) => onChange({ stage })}
        />
      )}
      <Select
        aria-label={t("field.status")}
        placeholder={t("field.status")}
        clearable
        w={140}
        data={statuses.map((value) => ({ value, label: t(`common:dealStatus.${value}`) }))}
        value={filter.status}
        onChange={(status) => onChange({ status })}
      />
      <UserSelect
        sellers
        aria-label={t("field.owner")}
        placeholder={t("field.owner")}
        w={170}
        value={filter.owner}
        onChange={(owner) => onChange({ owner })}
      />
    </>
  );
}
