import { Tabs } from "@mantine/core";
import { useTranslation } from "react-i18next";

import type { Segment } from "@/api/types";
import { useFormat } from "@/ui/format";

import classes from "./ContactsPage.module.css";

interface SegmentTabsProps {
  segments: Segment[];
  chosen: number | null;
  onChoose: (id: number | null) => void;
}

/** All contacts, and each saved segment with its size. */
export function SegmentTabs({ segments, chosen, onChoose }: SegmentTabsProps) {
  const { t } = useTranslation("contacts");
  const format = useFormat();
  if (segments.length === 0) return null;
  return (
    <Tabs
      value={chosen === null ? "all" : String(chosen)}
      onChange={(value) => onChoose(value === "all" ? null : Number(value))}
      className={classes["tabs"] ?? ""}
    >
      <Tabs.List aria-label={t("segments")} className={classes["tabList"] ?? ""}>
        <Tabs.Tab value="all">{t("all")}</Tabs.Tab>
        {segments.map(({ id, name, count }) => (
          <Tabs.Tab key={id} value={String(id)} rightSection={count !== null && <span className={classes["count"]}>{format.compact(count)}</span>}>
            {name}
          </Tabs.Tab>
        ))}
      </Tabs.List>
    </Tabs>
  );
}
