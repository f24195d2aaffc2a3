import { Button } from "@mantine/core";
import { IconCoins, IconPlus, IconSearchOff, IconSettings } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";

import { useDeals } from "@/api/deals";
import { useCan } from "@/api/session";
import { GuardedButton } from "@/ui/actions/GuardedButton";
import { EmptyState } from "@/ui/feedback/EmptyState";
import { ErrorState } from "@/ui/feedback/ErrorState";
import { Page } from "@/ui/page/Page";
import { DataTable } from "@/ui/table/DataTable";

import { DealPanel } from "./DealPanel";
import { DealsToolbar } from "./DealsToolbar";
import { useAddress } from "./useAddress";
import { useColumns } from "./useColumns";

export default function DealsPage() {
  const { t } = useTranslation("deals");
  const can = useCan();
  const { filter, change, open, setOpen } = useAddress();
  const query = useDeals(filter);
  const columns = useColumns();
  const { sort, ...narrowing } = filter;
  const narrowed = Object.values(narrowing).some((value) => value !== null && value !== "");
  const create = (
    <GuardedButton permission="deals.edit" leftSection={<IconPlus size={16} />} onClick={() => setOpen("new")}>
      {t("new")}
    </GuardedButton>
  );
  return (
    <Page
      title={t("title")}
      layout="fill"
      actions={
        <>
          {can("pipelines.edit") && (
            <Button component={Link} to="/settings/pipelines" variant="default" leftSection={<IconSettings size={16} />}>
              {t("pipelines")}
            </Button>
          )}
          {create}
        </>
      }
      toolbar={<DealsToolbar filter={filter} onChange={change} />}
    >
      {query.error && !query.items ? (
        <ErrorState error={query.error} onRetry={() => void query.refetch()} />
      ) : (
        <DataTable
          fill
          label={t("title")}
          columns={columns}
          rows={query.items}
          sort={sort}
          onSort={(key) => change({ sort: key })}
          stale={query.isPlaceholderData}
          onRowClick={({ id }) => setOpen(id)}
          onEnd={query.hasNextPage ? () => void query.fetchNextPage() : undefined}
          loadingMore={query.isFetchingNextPage}
          empty={
            narrowed ? (
              <EmptyState icon={<IconSearchOff size={22} stroke={1.6} />} title={t("noMatch.title")} body={t("noMatch.body")} />
            ) : (
              <EmptyState
                icon={<IconCoins size={22} stroke={1.6} />}
                title={t("none.title")}
                body={t("none.body")}
                action={create}
              />
            )
          }
        />
      )}
      <DealPanel open={open} onClose={() => setOpen(null)} />
    </Page>
  );
}
