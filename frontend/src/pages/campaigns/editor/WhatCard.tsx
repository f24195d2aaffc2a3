import { Anchor, Select, SimpleGrid, Stack, TextInput } from "@mantine/core";
import { useTranslation } from "react-i18next";

import { useVocabulary } from "@/api/vocabulary";
import { Card } from "@/ui/card/Card";

import type { CampaignFormApi } from "./useCampaignForm";

/** What is sent, and in whose name. */
export function WhatCard({ form }: { form: CampaignFormApi }) {
  const { t } = useTranslation("campaigns");
  const senders = useVocabulary().data?.senders ?? [];
  const { template, sender } = form.values;
  return (
    <Card
      title={t("what.title")}
      action={
        template !== null && (
          <Anchor href={`/templates/${template}`} target="_blank" size="sm">
            {t("what.edit")}
          </Anchor>
        )
      }
    >
      <Stack gap="md">
        <TemplateSelect
          label={t("what.template")}
          value={template}
          error={form.errors["template"]}
          onChange={(id) => form.setFieldValue("template", id)}
        />
        <TextInput
          label={t("what.subject")}
          placeholder={t("what.subjectHint")}
          maxLength={200}
          {...form.getInputProps("subject")}
        />
        <SimpleGrid cols={{ base: 1, xs: 2 }}>
          <Select
            label={t("what.sender")}
            placeholder={t("what.usualSender")}
            clearable
            data={senders.map(({ id, name }) => ({ value: String(id), label: name }))}
            value={sender === null ? null : String(sender)}
            error={form.errors["sender"]}
            onChange={(id) => form.setFieldValue("sender", id === null ? null : Number(id))}
          />
          <TextInput label={t("what.replyTo")} type="email" {...form.getInputProps("reply_to")} />
        </SimpleGrid>
      </Stack>
    </Card>
  );
}

interface TemplateSelectProps {
  label: string;
  placeholder?: string;
  value: number | null;
  error?: React.ReactNode;
  onChange: (id: number | null) => void;
}

/** Chooses a template. */
export function TemplateSelect({ value, onChange, ...select }: TemplateSelectProps) {
  const { t } = useTranslation("campaigns");
  const templates = useVocabulary().data?.templates ?? [];
  return (
    <Select
      {...select}
      searchable
      clearable
      nothingFoundMessage={t("what.noTemplate")}
      data={templates.map(({ id, name }) => ({ value: String(id), label: name }))}
      value={value === null ? null : String(value)}
      onChange={(id) => onChange(id === null ? null : Number(id))}
    />
  );
}
