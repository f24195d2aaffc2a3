import { Badge, Group, Text, Title } from "@mantine/core";
import type { UseQueryResult } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";

import type { SeenPage } from "@/api/types";
import { Loaded } from "@/ui/feedback/Loaded";
import { SkeletonRows } from "@/ui/feedback/SkeletonRows";

import classes from "./Categories.module.css";

/** The pages that were seen last, each with the category that the rules as written give it. */
export function PagesPreview({ query }: { query: UseQueryResult<{ items: SeenPage[] }> }) {
  const { t } = useTranslation("settings");
  return (
    <section aria-label={t("categories.preview")}>
      <Title order={3} size="h6" mb={6}>
        {t("categories.preview")}
      </Title>
      <Loaded query={query} skeleton={<SkeletonRows count={3} height={28} />}>
        {({ items }) =>
          items.length === 0 ? (
            <Text size="sm" c="dimmed">
              {t("categories.noPages")}
            </Text>
          ) : (
            <>
              <Text size="sm" c="dimmed" mb={6} role="status">
                {t("categories.covered", {
                  count: items.length,
                  covered: items.filter(({ category }) => category !== null).length,
                })}
              </Text>
              {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reachable by keyboard */}
              <div className={classes["seen"]} role="group" aria-label={t("categories.preview")} tabIndex={0}>
                <ul className={classes["pages"]}>
                  {items.map((page) => (
                    <Line key={page.page} page={page} />
                  ))}
                </ul>
              </div>
            </>
          )
        }
      </Loaded>
    </section>
  );
}

function Line({ page: { page, title, views, category } }: { page: SeenPage }) {
  const { t } = useTranslation("settings");
  return (
    <li className={classes["page"]}>
      <div className={classes["address"]}>
        <Text size="sm" truncate title={page}>
          {page.replace(/^https?:\/\//u, "")}
        </Text>
        <Text size="xs" c="dimmed" truncate>
          {[title, t("categories.views", { count: views })].filter(Boolean).join(" · ")}
        </Text>
      </div>
      <Group flex="none">
        {category === null ? (
          <Text size="xs" c="dimmed">
            {t("categories.uncategorised")}
          </Text>
        ) : (
          <Badge variant="light" tt="none">
            {category}
          </Badge>
        )}
      </Group>
    </li>
  );
}
