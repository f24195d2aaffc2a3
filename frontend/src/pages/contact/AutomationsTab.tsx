import { Stack, Text } from "@mantine/core";
import { IconRoute } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";

import { useContactEnrollments, useRefusals } from "@/api/contactHistory";
import type { Refusal } from "@/api/types";
import { useLanguage } from "@/i18n/useLanguage";
import { Card } from "@/ui/card/Card";
import { EmptyState } from "@/ui/feedback/EmptyState";
import { Loaded } from "@/ui/feedback/Loaded";
import { SkeletonRows } from "@/ui/feedback/SkeletonRows";
import { EndMark } from "@/ui/table/EndMark";
import { RelativeTime } from "@/ui/time/RelativeTime";

import { EnrollmentCard } from "./EnrollmentCard";

/** Each run through an automation with its path and reasons, and why others did not take the contact in. */
export function AutomationsTab({ contactId }: { contactId: number }) {
  const { t } = useTranslation("contact");
  const language = useLanguage();
  const query = useContactEnrollments(contactId, language);
  const runs = query.items ?? [];
  const refusals = useRefusals(contactId, language).data?.items ?? [];
  return (
    <Stack gap="md">
      <Loaded query={query} skeleton={<SkeletonRows />}>
        {() =>
          runs.length === 0 ? (
            <EmptyState icon={<IconRoute size={22} stroke={1.6} />} title={t("runs.none")} body={t("runs.noneBody")} />
          ) : (
            runs.map((enrollment) => <EnrollmentCard key={enrollment.id} contact={contactId} enrollment={enrollment} />)
          )
        }
      </Loaded>
      {query.hasNextPage && <EndMark key={runs.length} onSeen={() => void query.fetchNextPage()} />}
      {refusals.length > 0 && (
        <Card title={t("runs.refused")}>
          <Stack gap="xs">
            {refusals.map((refusal) => (
              <RefusalLine key={`${refusal.automation.id}:${refusal.reason}`} refusal={refusal} />
            ))}
          </Stack>
        </Card>
      )}
    </Stack>
  );
}

function RefusalLine({ refusal: { automation, reason, times, last_at } }: { refusal: Refusal }) {
  const { t } = useTranslation("contact");
  return (
    <div>
      <Text fw={500}>{automation.name}</Text>
      <Text size="sm" c="dimmed">
        {reason} · {t("runs.times", { count: times })} · <RelativeTime at={last_at} />
      </Text>
    </div>
  );
}
