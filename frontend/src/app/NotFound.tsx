import { Button } from "@mantine/core";
import { IconMapQuestion } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";

import { EmptyState } from "@/ui/feedback/EmptyState";
import { Page } from "@/ui/page/Page";

/** An address that leads nowhere. */
export function NotFound() {
  const { t } = useTranslation();
  return (
    <Page title={t("error.missing.title")}>
      <EmptyState
        icon={<IconMapQuestion size={22} stroke={1.6} />}
        title={t("error.missing.title")}
        body={t("error.missing.body")}
        action={
          <Button component={Link} to="/automations">
            {t("nav.automations")}
          </Button>
        }
      />
    </Page>
  );
}
