import { Anchor, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";

import { useContacts } from "@/api/contacts";
import { useUser } from "@/api/session";
import type { Condition } from "@/api/types";
import { contactName } from "@/ui/contactName";
import { ItemRow } from "@/ui/list/ItemRow";

import { MyCard } from "./MyCard";

export function MyContacts() {
  const { t } = useTranslation("work");
  const { email } = useUser();
  const mine: Condition = { all: [{ owner: true, op: "eq", value: email }] };
  const query = useContacts({ search: "", segment: null, condition: mine, sort: "-modified_at" });
  return (
    <MyCard
      title={t("contacts")}
      none={t("noContacts")}
      all={`/contacts?${new URLSearchParams({ condition: JSON.stringify(mine) }).toString()}`}
      query={query}
      items={query.items}
      row={(contact) => (
        <ItemRow>
          <Anchor component={Link} to={`/contacts/${String(contact.id)}`} c="var(--cz-text)" fw={550}>
            {contactName(contact)}
          </Anchor>
          <Text size="sm" c="dimmed" truncate>
            {[contact.company?.name, contact.email].filter(Boolean).join(" · ")}
          </Text>
        </ItemRow>
      )}
    />
  );
}
