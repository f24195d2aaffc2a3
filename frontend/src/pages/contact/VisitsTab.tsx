import { Anchor, Group, Stack, Text } from "@mantine/core";
import { IconWorld } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";

import { useInterests, useVisits } from "@/api/sites";
import type { PageView, Visit } from "@/api/types";
import { Card } from "@/ui/card/Card";
import { EmptyState } from "@/ui/feedback/EmptyState";
import { Loaded } from "@/ui/feedback/Loaded";
import { SkeletonRows } from "@/ui/feedback/SkeletonRows";
import { useFormat } from "@/ui/format";

import { InterestBars } from "./InterestBars";
import classes from "./Timeline.module.css";

/** What the contact looked at on the websites: which pages, when, and for how long. */
export function VisitsTab({ contactId }: { contactId: number }) {
  const { t } = useTranslation("contact");
  return (
    <Loaded query={useVisits(contactId)} skeleton={<SkeletonRows count={3} />}>
      {({ items }) =>
        items.length === 0 ? (
          <EmptyState icon={<IconWorld size={22} stroke={1.6} />} title={t("visits.none")} body={t("visits.noneBody")} />
        ) : (
          <Stack gap="md">
            <Interests contactId={contactId} />
            {items.map((visit) => (
              <VisitCard key={visit.began_at} visit={visit} />
            ))}
          </Stack>
        )
      }
    </Loaded>
  );
}

function Interests({ contactId }: { contactId: number }) {
  const { t } = useTranslation("contact");
  const interests = useInterests(contactId).data?.items ?? [];
  if (interests.length === 0) return null;
  return (
    <Card title={t("interests.title")}>
      <InterestBars interests={interests} />
    </Card>
  );
}

function VisitCard({ visit: { began_at, seconds, source, pages } }: { visit: Visit }) {
  const { t } = useTranslation("contact");
  const format = useFormat();
  return (
    <Card>
      <Group justify="space-between" align="baseline" wrap="nowrap">
        <Text fw={600} component="time" dateTime={began_at}>
          {format.dateTime(began_at)}
        </Text>
        <Text size="sm" c="dimmed" className="tabular">
          {t("visits.pages", { count: pages.length })}
          {seconds > 0 && (
            <>
              {" · "}
              <Length seconds={seconds} />
            </>
          )}
        </Text>
      </Group>
      {source && (
        <Text size="sm" c="dimmed" style={{ overflowWrap: "anywhere" }}>
          {t("visits.source", { source })}
        </Text>
      )}
      <ol className={classes["path"]}>
        {pages.map((page) => (
          <Page key={`${page.at} ${page.page}`} page={page} />
        ))}
      </ol>
    </Card>
  );
}

function Page({ page: { page, title, seconds } }: { page: PageView }) {
  const safe = /^https?:\/\//u.test(page);
  return (
    <li className={classes["step"]}>
      <div style={{ minWidth: 0, overflowWrap: "anywhere" }}>
        <Text fw={500}>{title || page}</Text>
        {safe && (
          <Anchor href={page} target="_blank" rel="noreferrer" size="sm" c="dimmed">
            {page}
          </Anchor>
        )}
      </div>
      {seconds !== null && (
        <Text size="sm" c="dimmed" className="tabular">
          <Length seconds={seconds} />
        </Text>
      )}
    </li>
  );
}

function Length({ seconds }: { seconds: number }) {
  const { t } = useTranslation("contact");
  if (seconds < 60) return t("visits.seconds", { seconds });
  return t("visits.minutes", { minutes: Math.floor(seconds / 60), seconds: seconds % 60 });
}
