import { Button, Group, Skeleton, Text } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { useContactCount } from "@/api/contacts";
import { useCan } from "@/api/session";
import type { Condition, Segment } from "@/api/types";
import { later } from "@/ui/feedback/later";
import { problemWords } from "@/ui/feedback/toast";

import classes from "./ContactsPage.module.css";
import { countLeaves, everybody } from "./condition";
import { SegmentButtons } from "./SegmentButtons";

// The condition builder is heavy, and most visits do not filter.
const ConditionBuilder = later(
  "ConditionBuilder",
  async () => (await import("@/nodes/ConditionBuilder")).ConditionBuilder,
  <Skeleton height={80} />,
);

interface FilterPanelProps {
  /** The segment whose tab is open; its condition is what one begins with. */
  segment: Segment | undefined;
  condition: Condition | null;
  onApply: (condition: Condition | null) => void;
  onSegment: (id: number | null) => void;
  onClose: () => void;
}

/** Builds a filter, tells live for how many it holds, and keeps it as a segment. */
export function FilterPanel({ segment, condition, onApply, onSegment, onClose }: FilterPanelProps) {
  const { t } = useTranslation("contacts");
  const can = useCan();
  const [draft, setDraft] = useState<Condition>(condition ?? segment?.condition ?? everybody);
  const [settled] = useDebouncedValue(draft, 300);
  const { data, error } = useContactCount(settled);
  const empty = countLeaves(draft) === 0;
  const clear = () => {
    setDraft(everybody);
    onApply(null);
    onClose();
  };
  return (
    <section className={classes["filter"]} aria-label={t("filter")}>
      <ConditionBuilder label={t("filter")} value={draft} onChange={setDraft} />
      {error && (
        <Text size="sm" c="var(--cz-bad)" mt="sm" role="alert">
          {problemWords(error)}
        </Text>
      )}
      <Group mt="md" gap="xs">
        <Button disabled={Boolean(error)} onClick={() => onApply(empty ? null : draft)}>
          {data ? t("show", { count: data.count }) : t("apply")}
        </Button>
        <Button variant="subtle" color="gray" onClick={clear}>
          {t("clearFilter")}
        </Button>
        {can("contacts.edit") && !empty && !error && (
          <SegmentButtons segment={segment} condition={draft} onSaved={onSegment} />
        )}
      </Group>
    </section>
  );
}
