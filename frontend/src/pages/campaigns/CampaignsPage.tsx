import { Button } from "@mantine/core";
import { IconPlus, IconSearchOff, IconSpeakerphone } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { useSearchParams } from "react-router";

import { useCampaigns, useMakeCampaign } from "@/api/campaigns";
import { useCan } from "@/api/session";
import { EmptyState } from "@/ui/feedback/EmptyState";
import { ErrorState } from "@/ui/feedback/ErrorState";
import { tellOutcome } from "@/ui/feedback/tellOutcome";
import { SearchField } from "@/ui/fields/SearchField";
import { useFormat } from "@/ui/format";
import { Page } from "@/ui/page/Page";
import { DataTable } from "@/ui/table/DataTable";

import { openCampaign } from "./openCampaign";
import { useCampaignColumns } from "./useCampaignColumns";

/** `/campaigns`: one mail to many, once. */
export default function CampaignsPage() {
  const { t } = useTranslation("campaigns");
  const [params, setParams] = useSearchParams();
  const search = params.get("search") ?? "";
  const query = useCampaigns(search);
  const columns = useCampaignColumns();
  const may = useCan()("campaigns.edit");
  const none = query.items?.length === 0 && !search;
  // Kept by the page: the button that was clicked goes once the list turns out to be empty.
  const begin = useBeginning();
  return (
    <Page
      title={t("title")}
      subtitle={t("subtitle")}
      actions={may && !none && <NewCampaign {...begin} />}
      toolbar={
        !none && (
          <SearchField
            label={t("search")}
            value={search}
            onChange={(text) => setParams(text ? { search: text } : {}, { replace: true })}
          />
        )
      }
    >
      {query.error && !query.items && <ErrorState error={query.error} onRetry={() => void query.refetch()} />}
      {none && (
        <EmptyState
          icon={<IconSpeakerphone size={22} stroke={1.6} />}
          title={t("none")}
          body={t(may ? "noneBody" : "askForOne")}
          action={may && <NewCampaign {...begin} />}
        />
      )}
      {!none && (query.items || !query.error) && (
        <DataTable
          label={t("title")}
          columns={columns}
          rows={query.items}
          onRowClick={({ id }) => openCampaign(id)}
          stale={query.isPlaceholderData}
          onEnd={query.hasNextPage ? () => void query.fetchNextPage() : undefined}
          loadingMore={query.isFetchingNextPage}
          empty={<EmptyState icon={<IconSearchOff size={22} stroke={1.6} />} title={t("noMatch")} />}
        />
      )}
    </Page>
  );
}

interface Beginning {
  begin: () => void;
  beginning: boolean;
}

/** Makes a campaign that is named by the moment, and opens it. */
function useBeginning(): Beginning {
  const { t } = useTranslation("campaigns");
  const format = useFormat();
  const save = useMakeCampaign();
  const begin = () =>
    tellOutcome(
      save.mutateAsync(
        { name: t("untitled", { at: format.dateTime(new Date().toISOString()) }) },
        { onSuccess: ({ id }) => openCampaign(id) },
      ),
    );
  return { begin, beginning: save.isPending };
}

function NewCampaign({ begin, beginning }: Beginning) {
  const { t } = useTranslation("campaigns");
  return (
    <Button leftSection={<IconPlus size={16} />} loading={beginning} onClick={begin}>
      {t("new")}
    </Button>
  );
}
