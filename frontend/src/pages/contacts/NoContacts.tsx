import { Button } from "@mantine/core";
import { IconFileImport, IconSearchOff, IconUsers } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";

import { useCan } from "@/api/session";
import { EmptyState } from "@/ui/feedback/EmptyState";

/** The table without rows: nobody fits the filter, or nobody is here yet. */
export function NoContacts({ narrowed, onNew }: { narrowed: boolean; onNew: () => void }) {
  const { t } = useTranslation("contacts");
  const can = useCan();
  if (narrowed) {
    return <EmptyState icon={<IconSearchOff size={22} stroke={1.6} />} title={t("noMatch.title")} body={t("noMatch.body")} />;
  }
  return (
    <EmptyState
      icon={<IconUsers size={22} stroke={1.6} />}
      title={t("none.title")}
      body={t("none.body")}
      action={
        <>
          {can("contacts.import") && (
            <Button component={Link} to="/contacts/import" leftSection={<IconFileImport size={16} />}>
              {t("import")}
            </Button>
          )}
          {can("contacts.edit") && (
            <Button variant="default" onClick={onNew}>
              {t("new")}
            </Button>
          )}
        </>
      }
    />
  );
}
