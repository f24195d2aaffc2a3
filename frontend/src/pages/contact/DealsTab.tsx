import { Group, Stack, Text } from "@mantine/core";
import { IconCoins } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";

import { useDeals } from "@/api/deals";
import type { Deal } from "@/api/types";
import { DealStatusPill } from "@/ui/badge/DealStatusPill";
import { EmptyState } from "@/ui/feedback/EmptyState";
import { Loaded } from "@/ui/feedback/Loaded";
import { SkeletonRows } from "@/ui/feedback/SkeletonRows";
import { useFormat } from "@/ui/format";

import classes from "./Timeline.module.css";

/** The deals this contact takes part in. */
export function DealsTab({ contactId }: { contactId: number }) {
  const { t } = useTranslation("contact");
  const query = useDeals({
    contact: contactId,
    search: "",
    pipeline: null,
    stage: null,
    status: null,
    owner: null,
    sort: "-created_at",
  });
  const deals = query.items ?? [];
  return (
    <Loaded query={query} skeleton={<SkeletonRows count={3} />}>
      {() =>
        deals.length === 0 ? (
          <EmptyState icon={<IconCoins size={22} stroke={1.6} />} title={t("deals.none")} body={t("deals.noneBody")} />
        ) : (
          <ul className={classes["list"]}>
            {deals.map((deal) => (
              <Row key={deal.id} deal={deal} />
            ))}
          </ul>
        )
      }
    </Loaded>
  );
}

function Row({ deal: { id, name, amount, currency, pipeline, stage, status } }: { deal: Deal }) {
  const format = useFormat();
  return (
    <li className={classes["item"]}>
      <Stack gap={0} className={classes["words"] ?? ""}>
        <Link to={`/deals?deal=${id}`} style={{ color: "var(--cz-text)" }}>
          {name}
        </Link>
        <Text size="sm" c="dimmed">
          {pipeline.name} · {stage.name}
        </Text>
      </Stack>
      <Group gap="sm" wrap="nowrap">
        {amount !== null && <Text className="tabular">{format.money(amount, currency)}</Text>}
        <DealStatusPill status={status} />
      </Group>
    </li>
  );
}
