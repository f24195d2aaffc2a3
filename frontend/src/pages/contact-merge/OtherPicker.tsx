import { Text, TextInput } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { IconSearch } from "@tabler/icons-react";
import { useId, useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";

import { useContactSearch } from "@/api/contacts";
import { Card } from "@/ui/card/Card";
import { contactName } from "@/ui/contactName";
import { Loaded } from "@/ui/feedback/Loaded";
import { SkeletonRows } from "@/ui/feedback/SkeletonRows";

import classes from "./ContactMerge.module.css";

/** Finds the contact that is the same person. */
export function OtherPicker({ kept }: { kept: number }) {
  const { t } = useTranslation("merge");
  const caption = useId();
  const [search, setSearch] = useState("");
  const [settled] = useDebouncedValue(search, 200);
  const query = useContactSearch(settled);
  return (
    <Card>
      <TextInput
        label={t("search")}
        placeholder={t("searchHint")}
        leftSection={<IconSearch size={16} />}
        value={search}
        maxLength={200}
        autoFocus
        onChange={(event) => setSearch(event.currentTarget.value)}
        mb="sm"
      />
      <Loaded query={query} skeleton={<SkeletonRows />}>
        {({ items }) => {
          const others = items.filter(({ id }) => id !== kept);
          if (others.length === 0) return <Text c="dimmed">{t("nobody")}</Text>;
          return (
            <>
              <Text size="sm" c="dimmed" id={caption}>
                {settled === "" ? t("newest") : t("found")}
              </Text>
              <ul className={classes["found"]} aria-labelledby={caption}>
                {others.map((contact) => (
                  <li key={contact.id}>
                    <Link to={`?with=${String(contact.id)}`} className={classes["person"]}>
                      <span>{contactName(contact)}</span>
                      <Text size="sm" c="dimmed" span>
                        {[contact.email, contact.phone, contact.company?.name].filter(Boolean).join(" · ")}
                      </Text>
                    </Link>
                  </li>
                ))}
              </ul>
            </>
          );
        }}
      </Loaded>
    </Card>
  );
}
