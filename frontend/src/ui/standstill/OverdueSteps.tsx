import { Group, Stack, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";

import { useAutomation, useCheck } from "@/api/editor";
import type { ResumePreview } from "@/api/types";
import type { AutomationDocument } from "@/flow/document";
import { useFormat } from "@/ui/format";

type Steps = ResumePreview["steps"];

/** More steps than these are only counted. */
const mostShown = 5;

/** At which steps contacts' time came, those with the most first, each step in a phrase. */
export function OverdueSteps({ automation, steps }: { automation: number; steps: Steps }) {
  const { data } = useAutomation(automation);
  if (!data?.live_document || steps.length === 0) return null;
  return <Counted document={data.live_document} steps={steps} />;
}

function Counted({ document, steps }: { document: AutomationDocument; steps: Steps }) {
  const { t } = useTranslation("standstill");
  const format = useFormat();
  const { data } = useCheck(document);
  const sorted = steps.toSorted((one, other) => other.contacts - one.contacts);
  if (!data) return null;
  return (
    <Stack gap={4} component="section" aria-label={t("resume.steps")}>
      <Text fw={600}>{t("resume.steps")}</Text>
      {sorted.slice(0, mostShown).map(({ node, contacts }) => (
        <Group key={node} justify="space-between" wrap="nowrap" gap="sm">
          <Text size="sm" lineClamp={1}>
            {data.summaries[node] ?? t("resume.earlier")}
          </Text>
          <Text size="sm" className="tabular">
            {format.number(contacts)}
          </Text>
        </Group>
      ))}
      {sorted.length > mostShown && (
        <Text size="sm" c="dimmed">
          {t("resume.rest", { count: sorted.length - mostShown })}
        </Text>
      )}
    </Stack>
  );
}
