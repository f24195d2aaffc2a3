import { MultiSelect, Select, SimpleGrid, Stack } from "@mantine/core";
import { useTranslation } from "react-i18next";

import { useVocabulary } from "@/api/vocabulary";
import { Card } from "@/ui/card/Card";
import { ListsField } from "@/ui/fields/ListsField";

import { EstimateNotice } from "./EstimateNotice";
import type { CampaignFormApi } from "./useCampaignForm";

/** To whom: lists and segments, without those of others, and the topic they agreed to. */
export function WhoCard({ form }: { form: CampaignFormApi }) {
  const { t } = useTranslation("campaigns");
  const vocabulary = useVocabulary().data;
  const topics = vocabulary?.consent_topics ?? [];
  return (
    <Card title={t("who.title")}>
      <Stack gap="md">
        <SimpleGrid cols={{ base: 1, xs: 2 }}>
          <ListsField label={t("who.lists")} {...listsOf(form, "lists")} />
          <SegmentsField label={t("who.segments")} form={form} name="segments" />
          <ListsField label={t("who.exceptLists")} {...listsOf(form, "except_lists")} />
          <SegmentsField label={t("who.exceptSegments")} form={form} name="except_segments" />
        </SimpleGrid>
        <Select
          label={t("who.topic")}
          description={t("who.topicHint")}
          placeholder={t("who.anyTopic")}
          clearable
          data={topics.map(({ id, name }) => ({ value: String(id), label: name }))}
          value={form.values.topic === null ? null : String(form.values.topic)}
          error={form.errors["topic"]}
          onChange={(id) => form.setFieldValue("topic", id === null ? null : Number(id))}
        />
        <EstimateNotice settings={form.values} />
      </Stack>
    </Card>
  );
}

function listsOf(form: CampaignFormApi, name: "lists" | "except_lists") {
  return {
    value: form.values[name],
    error: form.errors[name],
    onChange: (ids: number[]) => form.setFieldValue(name, ids),
  };
}

interface SegmentsFieldProps {
  label: string;
  form: CampaignFormApi;
  name: "segments" | "except_segments";
}

function SegmentsField({ label, form, name }: SegmentsFieldProps) {
  const segments = useVocabulary().data?.segments ?? [];
  return (
    <MultiSelect
      label={label}
      searchable
      clearable
      data={segments.map(({ id, name: called }) => ({ value: String(id), label: called }))}
      value={form.values[name].map(String)}
      error={form.errors[name]}
      onChange={(ids) => form.setFieldValue(name, ids.map(Number))}
    />
  );
}
