import { Anchor, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";

import { useInterests } from "@/api/sites";
import { Card } from "@/ui/card/Card";

import { InterestBars } from "./InterestBars";

const strongest = 3;

/** What the contact's visits say of it, in short; nothing where they say nothing. */
export function AdditionalCard({ contactId }: { contactId: number }) {
  const { t } = useTranslation("contact");
  const interests = useInterests(contactId).data?.items ?? [];
  if (interests.length === 0) return null;
  return (
    <Card title={t("additional")}>
      <Text size="sm" c="dimmed" mb="xs">
        {t("interests.lately")}
      </Text>
      <InterestBars interests={interests.slice(0, strongest)} />
      <Anchor component={Link} to="?tab=visits" replace size="sm" mt="sm" display="inline-block">
        {t("interests.visits")}
      </Anchor>
    </Card>
  );
}
