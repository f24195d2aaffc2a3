import { Button } from "@mantine/core";
import { IconDownload, IconFileImport, IconPlus } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";

import { useCan } from "@/api/session";
import type { Condition } from "@/api/types";
import { GuardedButton } from "@/ui/actions/GuardedButton";

/** New, import and (of what the filter holds) export. */
export function HeaderActions({ condition, onNew }: { condition: Condition | null; onNew: () => void }) {
  const { t } = useTranslation("contacts");
  const can = useCan();
  const exported = condition ? `?condition=${encodeURIComponent(JSON.stringify(condition))}` : "";
  return (
    <>
      {can("contacts.export") && (
        <Button
          component="a"
          href={`/api/contacts/export${exported}`}
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
