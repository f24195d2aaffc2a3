import { Button, Group, NumberInput, Radio, SimpleGrid, Stack, Text } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";

import { atOnce, useResume } from "@/api/standstill";
import type { ResumePreview } from "@/api/types";
import { tellOutcome } from "@/ui/feedback/tellOutcome";
import { toastDone } from "@/ui/feedback/toast";
import { useFormat } from "@/ui/format";

import { OverdueSteps } from "./OverdueSteps";

const ways = ["now", "spread", "skip"] as const;
const mostHours = 720;

interface ResumeFormProps {
  automation: { id: number; name: string };
  preview: ResumePreview;
  onClose: () => void;
}

/** What fell due during a pause, in numbers, and the choice of what becomes of it. */
export function ResumeForm({ automation: { id, name }, preview, onClose }: ResumeFormProps) {
  const { t } = useTranslation(["standstill", "common"]);
  const [overdue, setOverdue] = useState(atOnce.overdue);
  const [hours, setHours] = useState<number | string>(atOnce.spread_hours);
  const resume = useResume(id);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const spread_hours = overdue === "spread" ? Number(hours) : atOnce.spread_hours;
    tellOutcome(resume.mutateAsync({ overdue, spread_hours }, { onSuccess: onClose }), () =>
      toastDone({ message: t("resumed", { name }) }),
    );
  };
  return (
    <form onSubmit={submit}>
      <Stack gap="lg">
        <SimpleGrid cols={3} spacing="sm">
          <Figure name={t("resume.inside")} value={preview.inside} />
          <Figure name={t("resume.due")} value={preview.contacts} />
          <Figure name={t("resume.held")} value={preview.deliveries} />
        </SimpleGrid>
        <OverdueSteps automation={id} steps={preview.steps} />
        <Radio.Group
          label={t("resume.question")}
          value={overdue}
          onChange={(value) => setOverdue(ways.find((way) => way === value) ?? "now")}
        >
          <Stack gap="sm" mt="xs">
            {ways.map((way) => (
              <Stack key={way} gap="xs">
                <Radio value={way} label={t(`resume.${way}`)} description={t(`resume.${way}_detail`)} />
                {way === "spread" && overdue === "spread" && (
                  <NumberInput
                    ml={32}
                    maw={180}
                    label={t("resume.hours")}
                    min={1}
                    max={mostHours}
                    allowDecimal={false}
                    clampBehavior="strict"
                    value={hours}
                    onChange={setHours}
                  />
                )}
              </Stack>
            ))}
          </Stack>
        </Radio.Group>
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            {t("common:cancel")}
          </Button>
          <Button type="submit" loading={resume.isPending} disabled={overdue === "spread" && hours === ""}>
            {t("resume.verb")}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

function Figure({ name, value }: { name: string; value: number }) {
  const format = useFormat();
  return (
    <Stack gap={0} justify="flex-end">
      <Text size="sm" c="dimmed">
        {name}
      </Text>
      <Text fz="xl" fw={600} className="tabular">
        {format.number(value)}
      </Text>
    </Stack>
  );
}
