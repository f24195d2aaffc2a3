import { useDisclosure } from "@mantine/hooks";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";

import { useContacts } from "@/api/contacts";
import { useSegments } from "@/api/segments";
import { ErrorState } from "@/ui/feedback/ErrorState";
import { Page } from "@/ui/page/Page";
import { DataTable } from "@/ui/table/DataTable";

import { ContactsToolbar } from "./ContactsToolbar";
import { FilterPanel } from "./FilterPanel";
import { HeaderActions } from "./HeaderActions";
import { NewContactPanel } from "./NewContactPanel";
import { NoContacts } from "./NoContacts";
import { SegmentTabs } from "./SegmentTabs";
import { SelectionBar } from "./SelectionBar";
import { useAddress } from "./useAddress";
import { useContactColumns } from "./useContactColumns";
import { useSelection } from "./useSelection";

export default function ContactsPage() {
  const { t } = useTranslation("contacts");
  const navigate = useNavigate();
  const address = useAddress();
  const { filter, segment } = address;
  const segments = useSegments();
  const query = useContacts(filter);
  const [filtering, filterPanel] = useDisclosure(false);
  const { columns, choice } = useContactColumns();
  const selection = useSelection(query.items);
  const narrowed = filter.search !== "" || filter.condition !== null || segment !== null;
  return (
    <Page
      title={t("title")}
      subtitle={query.total !== undefined && t("total", { count: query.total })}
      layout="fill"
      actions={<HeaderActions filter={filter} total={query.total} onNew={() => address.setCreating(true)} />}
    >
      <SegmentTabs segments={segments.data?.items ?? []} chosen={segment} onChoose={address.setSegment} />
      <ContactsToolbar
        search={filter.search}
        onSearch={address.setSearch}
        condition={filter.condition}
        filtering={filtering}
        onFilter={filterPanel.toggle}
        choice={choice}
      />
      {filtering && (
        <FilterPanel
          key={segment}
          segment={segments.data?.items.find(({ id }) => id === segment)}
          condition={filter.condition}
          onApply={address.setCondition}
          onSegment={address.setSegment}
          onClose={filterPanel.close}
        />
      )}
      {query.error && !query.items ? (
        <ErrorState error={query.error} onRetry={() => void query.refetch()} />
      ) : (
        <DataTable
          fill
          label={t("title")}
          columns={columns}
          rows={query.items}
          sort={filter.sort}
          onSort={address.setSort}
          selection={selection}
          stale={query.isPlaceholderData}
          onRowClick={({ id }) => void navigate(`/contacts/${id}`)}
          onEnd={query.hasNextPage ? () => void query.fetchNextPage() : undefined}
          loadingMore={query.isFetchingNextPage}
          empty={<NoContacts narrowed={narrowed} onNew={() => address.setCreating(true)} />}
        />
      )}
      <SelectionBar chosen={selection.chosen} onClear={() => selection.setAll([])} />
      <NewContactPanel opened={address.creating} onClose={() => address.setCreating(false)} />
    </Page>
  );
}
