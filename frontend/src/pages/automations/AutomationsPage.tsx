import { Button, SegmentedControl } from "@mantine/core";
import { usePrefetchQuery } from "@tanstack/react-query";
import { IconPlus, IconRadar2, IconRoute, IconSearchOff } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { Link, useNavigate } from "react-router";

import { useAutomations } from "@/api/automations";
import { useCan } from "@/api/session";
import { usePeopleInside, useStepSearch } from "@/api/stepSearch";
import { EmptyState } from "@/ui/feedback/EmptyState";
import { ErrorState } from "@/ui/feedback/ErrorState";
import { later } from "@/ui/feedback/later";
import { SearchField } from "@/ui/fields/SearchField";
import { Page } from "@/ui/page/Page";
import { PanelBody, SidePanel } from "@/ui/panel/SidePanel";
import { DataTable } from "@/ui/table/DataTable";

import { states, useAddress } from "./useAddress";
import { useColumns } from "./useColumns";
import { useCreate } from "./useCreate";
import { useImportFile } from "./useImportFile";

// All draw steps, which the list itself does not need.
const FirstAutomation = later("FirstAutomation", async () => (await import("./FirstAutomation")).FirstAutomation);
const FoundPeople = later("FoundPeople", async () => (await import("./FoundPeople")).FoundPeople);
const FoundSteps = later("FoundSteps", async () => (await import("./FoundSteps")).FoundSteps);
const NewAutomation = later("NewAutomation", async () => (await import("./NewAutomation")).NewAutomation);

export default function AutomationsPage() {
  const { t } = useTranslation("automations");
  const navigate = useNavigate();
  usePrefetchQuery(NewAutomation.code);
  const { search, state, creating, setSearch, setState, setCreating } = useAddress();
  const query = useAutomations({ search, state });
  const columns = useColumns();
  // Here, for the panel and the first page may be gone when the answer comes.
  const creation = useCreate();
  const importing = useImportFile();
  const filtered = search !== "" || state !== null;
  const { items } = query;
  const none = items?.length === 0 && !filtered && !query.isPlaceholderData;
  const within = [useStepSearch(search), usePeopleInside(search)];
  // What is found in automations stands below: nothing has to be said of names then.
  const elsewhere = search.length > 1 && within.some(({ isError, data }) => !isError && data?.length !== 0);
  const may = useCan()("automations.edit");
  return (
    <Page
      title={t("title")}
      subtitle={may ? t("subtitle") : `${t("subtitle")}. ${t("askForOne")}`}
      actions={
        !none && (
          <>
            <Button component={Link} to="/automations/radar" variant="default" leftSection={<IconRadar2 size={16} />}>
              {t("radar")}
            </Button>
            {may && (
              <Button leftSection={<IconPlus size={16} />} onClick={() => setCreating(true)}>
                {t("new")}
              </Button>
            )}
          </>
        )
      }
      toolbar={
        !none && (
          <>
            <SearchField label={t("search")} value={search} onChange={setSearch} />
            <SegmentedControl
              aria-label={t("filterByState")}
              size="xs"
              value={state ?? "all"}
              onChange={setState}
              data={states.map((value) => ({ value, label: t(`filter.${value}`) }))}
              maw="100%"
              style={{ overflowX: "auto" }}
            />
          </>
        )
      }
    >
      {query.error && !items && <ErrorState error={query.error} onRetry={() => void query.refetch()} />}
      {!none && (items || !query.error) && (
        <DataTable
          label={t("title")}
          columns={columns}
          rows={items}
          stale={query.isPlaceholderData}
          onRowClick={({ id }) => void navigate(`/automations/${id}`)}
          onEnd={query.hasNextPage ? () => void query.fetchNextPage() : undefined}
          loadingMore={query.isFetchingNextPage}
          empty={
            elsewhere ? (
              <></>
            ) : (
              <EmptyState
                icon={search ? <IconSearchOff size={22} stroke={1.6} /> : <IconRoute size={22} stroke={1.6} />}
                title={t("noMatch.title")}
                body={t("noMatch.body")}
              />
            )
          }
        />
      )}
      {search.length > 1 && (
        <>
          <FoundPeople text={search} />
          <FoundSteps text={search} />
        </>
      )}
      {none && <FirstAutomation creation={creation} onNew={() => setCreating(true)} />}
      <SidePanel opened={creating} onClose={() => setCreating(false)} title={t("new")} size={640}>
        <PanelBody>
          <NewAutomation creation={creation} importing={importing} />
        </PanelBody>
      </SidePanel>
    </Page>
  );
}
