import { Anchor, Text } from "@mantine/core";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";

import { Card } from "@/ui/card/Card";
import { Loaded } from "@/ui/feedback/Loaded";
import { SkeletonRows } from "@/ui/feedback/SkeletonRows";
import { useFormat } from "@/ui/format";

/** More than these stand on a page of their own. */
export const mostShown = 8;

interface MyCardProps<Item> {
  title: string;
  /** What is said when there is nothing. */
  none: string;
  /** The page with all of them. */
  all?: string;
  query: Parameters<typeof Loaded>[0]["query"];
  items: readonly Item[] | undefined;
  row: (item: Item) => ReactNode;
}

/** One kind of what is the user's: the first few, and the way to all. */
export function MyCard<Item extends { id: number }>({ title, none, all, query, items, row }: MyCardProps<Item>) {
  const { t } = useTranslation("work");
  const format = useFormat();
  return (
    <Card
      title={title}
      flush
      action={
        all && (
          <Anchor component={Link} to={all} size="sm" aria-label={format.named(t("all"), title)}>
            {t("all")}
          </Anchor>
        )
      }
    >
      <Loaded query={query} skeleton={<SkeletonRows count={3} />}>
        {() =>
          !items?.length ? (
            <Text c="dimmed" p="md">
              {none}
            </Text>
          ) : (
            items.slice(0, mostShown).map((item) => <div key={item.id}>{row(item)}</div>)
          )
        }
      </Loaded>
    </Card>
  );
}
