import { Text, Title } from "@mantine/core";
import {
  IconBolt,
  IconCheckbox,
  IconCoins,
  IconHistory,
  IconNote,
  IconRoute,
  IconUserCheck,
  type TablerIcon,
} from "@tabler/icons-react";
import { useTranslation } from "react-i18next";

import { useTimeline } from "@/api/contactHistory";
import type { TimelineItem, TimelineKind } from "@/api/types";
import { useLanguage } from "@/i18n/useLanguage";
import { EmptyState } from "@/ui/feedback/EmptyState";
import { Loaded } from "@/ui/feedback/Loaded";
import { SkeletonRows } from "@/ui/feedback/SkeletonRows";
import { useFormat } from "@/ui/format";
import { EndMark } from "@/ui/table/EndMark";

import { byDay } from "./days";
import classes from "./Timeline.module.css";

const icons: Record<TimelineKind, TablerIcon> = {
  event: IconBolt,
  note: IconNote,
  task: IconCheckbox,
  deal: IconCoins,
  enrollment: IconRoute,
  assignment: IconUserCheck,
};

/** Everything that happened, newest first, by day. */
export function TimelineTab({ contactId }: { contactId: number }) {
  const { t } = useTranslation("contact");
  const query = useTimeline(contactId, useLanguage());
  const items = query.items ?? [];
  return (
    <Loaded query={query} skeleton={<SkeletonRows />}>
      {() =>
        items.length === 0 ? (
          <EmptyState icon={<IconHistory size={22} stroke={1.6} />} title={t("timeline.none")} body={t("timeline.noneBody")} />
        ) : (
          <>
            {byDay(items).map(({ day, items: held }) => (
              <Day key={day} day={day} items={held} />
            ))}
            {query.hasNextPage && <EndMark key={items.length} onSeen={() => void query.fetchNextPage()} />}
          </>
        )
      }
    </Loaded>
  );
}

function Day({ day, items }: { day: string; items: TimelineItem[] }) {
  const format = useFormat();
  return (
    <section className={classes["day"]}>
      <Title order={3} className={classes["date"]}>
        {format.date(day)}
      </Title>
      <ol className={classes["list"]}>
        {items.map((item) => (
          <Item key={item.id} item={item} />
        ))}
      </ol>
    </section>
  );
}

function Item({ item: { kind, at, title, detail } }: { item: TimelineItem }) {
  const { t } = useTranslation("contact");
  const format = useFormat();
  const Icon = icons[kind];
  return (
    <li className={classes["item"]}>
      <span className={classes["icon"]}>
        <Icon size={15} stroke={1.7} aria-hidden />
        <span className="visually-hidden">{t(`timeline.kind.${kind}`)}</span>
      </span>
      <div className={classes["words"]}>
        <Text>{title}</Text>
        {detail && (
          <Text size="sm" c="dimmed" className={classes["detail"] ?? ""}>
            {detail}
          </Text>
        )}
      </div>
      <Text size="sm" c="dimmed" className="tabular" component="time" dateTime={at}>
        {format.time(at)}
      </Text>
    </li>
  );
}
