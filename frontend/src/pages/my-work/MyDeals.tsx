import { Anchor, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";

import { useDeals } from "@/api/deals";
import { useUser } from "@/api/session";
import { useFormat } from "@/ui/format";
import { ItemRow } from "@/ui/list/ItemRow";

import { MyCard } from "./MyCard";

export function MyDeals() {
  const { t } = useTranslation("work");
  const format = useFormat();
  const { id: owner } = useUser();
  const query = useDeals({ search: "", pipeline: null, stage: null, status: "open", owner, sort: "-modified_at" });
  return (
    <MyCard
      title={t("deals")}
      none={t("noDeals")}
      all={`/deals?owner=${String(owner)}&status=open`}
      query={query}
      items={query.items}
      row={({ id, name, amount, currency, pipeline, stage }) => (
        <ItemRow menu={amount !== null && <Text className="tabular">{format.money(amount, currency)}</Text>}>
          <Anchor component={Link} to={`/deals?deal=${String(id)}`} c="var(--cz-text)" fw={550}>
            {name}
          </Anchor>
          <Text size="sm" c="dimmed" truncate>
            {pipeline.name} · {stage.name}
          </Text>
        </ItemRow>
      )}
    />
  );
}
