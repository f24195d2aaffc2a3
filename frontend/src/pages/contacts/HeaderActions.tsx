import { Button } from "@mantine/core";
import { IconDownload, IconFileImport, IconPlus } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";

import { type ContactFilter, exportUrl } from "@/api/contacts";
import { useCan } from "@/api/session";
import { GuardedButton } from "@/ui/actions/GuardedButton";

/** New, import, and export of just what is shown. */
export function HeaderActions({ filter, onNew }: { filter: ContactFilter; onNew: () => void }) {
  const { t } = useTranslation("contacts");
  const can = useCan();
  return (
    <>
      {can("contacts.export") && (
        <Button
          component="a"
          href={exportUrl(filter)}
          download
          variant="default"
          leftSection={<IconDownload size={16} />}
        >
          {t("export")}
        </Button>
      )}
      {can("contacts.import") && (
        <Button component={Link} to="/contacts/import" variant="default" leftSection={<IconFileImport size={16} />}>
          {t("import")}
        </Button>
      )}
      <GuardedButton permission="contacts.edit" leftSection={<IconPlus size={16} />} onClick={onNew}>
        {t("new")}
      </GuardedButton>
    </>
  );
}
