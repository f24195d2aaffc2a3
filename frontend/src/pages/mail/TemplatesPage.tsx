import { Button, Title } from "@mantine/core";
import { IconMail, IconPlus, IconSearchOff } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { useSearchParams } from "react-router";

import { useMailTemplates } from "@/api/mailing";
import { useCan } from "@/api/session";
import { EmptyState } from "@/ui/feedback/EmptyState";
import { ErrorState } from "@/ui/feedback/ErrorState";
import { SearchField } from "@/ui/fields/SearchField";
import { Page } from "@/ui/page/Page";
import { PanelBody, SidePanel } from "@/ui/panel/SidePanel";
import { DataTable } from "@/ui/table/DataTable";

import { Starts } from "./Starts";
import { useTemplateColumns } from "./useTemplateColumns";

/** `/templates`: the mails that automations send. */
export default function TemplatesPage() {
  const { t } = useTranslation("mail");
  const [params, setParams] = useSearchParams();
  const query = useMailTemplates();
  const columns = useTemplateColumns();
  const may = useCan()("mail.edit");
  const search = params.get("search") ?? "";
  const show = (values: Record<string, string>) => setParams(values, { replace: true });
  const wanted = search.toLocaleLowerCase();
  const rows = query.data?.items.filter(({ name, subject }) => `${name}\n${subject}`.toLocaleLowerCase().includes(wanted));
  const none = query.data?.items.length === 0;
  return (
    <Page
      title={t("title")}
      subtitle={t("subtitle")}
      actions={
        may &&
        !none && (
          <Button leftSection={<IconPlus size={16} />} onClick={() => show({ new: "1" })}>
            {t("new")}
          </Button>
        )
      }
      toolbar={!none && <SearchField label={t("search")} value={search} onChange={(text) => show(text ? { search: text } : {})} />}
    >
      {query.error && !rows && <ErrorState error={query.error} onRetry={() => void query.refetch()} />}
      {none && (
        <>
          <EmptyState icon={<IconMail size={22} stroke={1.6} />} title={t("none")} body={t(may ? "noneBody" : "askForOne")} />
          {may && (
            <>
              <Title order={2} size="h5" mb="sm">
                {t("starts")}
              </Title>
              <Starts />
            </>
          )}
        </>
      )}
      {!none && (rows || !query.error) && (
        <DataTable
          label={t("title")}
          columns={columns}
          rows={rows}
          onRowClick={({ id }) => window.location.assign(`/templates/${id}`)}
          empty={<EmptyState icon={<IconSearchOff size={22} stroke={1.6} />} title={t("noMatch")} />}
        />
      )}
      <SidePanel opened={params.get("new") === "1"} onClose={() => show({})} title={t("new")} size={620}>
        <PanelBody>
          <Starts />
        </PanelBody>
      </SidePanel>
    </Page>
  );
}
