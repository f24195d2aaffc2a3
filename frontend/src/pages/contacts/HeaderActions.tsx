import { Button } from "@mantine/core";
import { IconDownload, IconFileImport, IconPlus } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";

import { type ContactFilter, exportUrl } from "@/api/contacts";
import { useCan } from "@/api/session";
import { GuardedButton } from "@/ui/actions/GuardedButton";
import { AddToAutomationButton } from "@/ui/entries/AddToAutomationButton";

interface HeaderActionsProps {
  filter: ContactFilter;
  /** How many contacts the filter holds for, once that is known. */
  total: number | undefined;
  onNew: () => void;
}

/** New, import, and what is done with just what is shown: export, and letting all of it into an automation. */
export function HeaderActions({ filter, total, onNew }: HeaderActionsProps) {
  const { t } = useTranslation("contacts");
  const can = useCan();
  const { segment, condition, search } = filter;
  return (
    <>
      <AddToAutomationButton who={{ crowd: { segment, condition, search } }} count={total ?? 0} />
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
