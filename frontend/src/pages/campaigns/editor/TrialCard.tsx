import { NumberInput, Select, SimpleGrid, Stack, Switch, Text, TextInput } from "@mantine/core";
import { useTranslation } from "react-i18next";

import { Card } from "@/ui/card/Card";

import { type CampaignFormApi, newTrial } from "./useCampaignForm";
import { TemplateSelect } from "./WhatCard";

/** A second version, tried by some before the better one goes to the rest. */
export function TrialCard({ form }: { form: CampaignFormApi }) {
  const { t } = useTranslation("campaigns");
  const { trial } = form.values;
  return (
    <Card title={t("trial.title")}>
      <Stack gap="md">
        <Switch
          label={t("trial.on")}
          description={t("trial.hint")}
          checked={trial !== null}
          error={form.errors["trial"]}
          onChange={({ currentTarget }) => form.setFieldValue("trial", currentTarget.checked ? newTrial : null)}
        />
        {trial && (
          <>
            <TextInput
              label={t("trial.subject")}
              placeholder={t("trial.asA")}
              maxLength={200}
              {...form.getInputProps("trial.subject")}
            />
            <TemplateSelect
              label={t("trial.template")}
              placeholder={t("trial.asA")}
              value={trial.template}
              error={form.errors["trial.template"]}
              onChange={(id) => form.setFieldValue("trial.template", id)}
            />
            <SimpleGrid cols={{ base: 1, xs: 3 }}>
              <NumberInput label={t("trial.share")} min={2} max={100} suffix=" %" {...form.getInputProps("trial.share")} />
              <Select
                label={t("trial.by")}
                allowDeselect={false}
                data={[
                  { value: "opens", label: t("trial.opens") },
                  { value: "clicks", label: t("trial.clicks") },
                ]}
                {...form.getInputProps("trial.by")}
              />
              <NumberInput label={t("trial.hours")} min={1} max={168} {...form.getInputProps("trial.hours")} />
            </SimpleGrid>
            <Text size="sm" c="dimmed">
              {t("trial.how", { share: trial.share, hours: trial.hours })}
            </Text>
          </>
        )}
      </Stack>
    </Card>
  );
}
