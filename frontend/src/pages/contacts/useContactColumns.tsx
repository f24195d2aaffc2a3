import { Avatar, Group, Text } from "@mantine/core";
import { useLocalStorage } from "@mantine/hooks";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";

import type { Attribute, Contact } from "@/api/types";
import { useVocabulary } from "@/api/vocabulary";
import { AttributeText } from "@/ui/AttributeText";
import { Pill } from "@/ui/badge/Pill";
import { contactName } from "@/ui/contactName";
import { useFormat } from "@/ui/format";
import { initials } from "@/ui/initials";
import type { Column } from "@/ui/table/types";

import { attributeKey, defaultColumns, inColumnOrder } from "./columns";
import classes from "./ContactsPage.module.css";

export interface ColumnChoice {
  all: { key: string; header: string }[];
  shown: string[];
  setShown: (keys: string[]) => void;
}

function attributeColumn(attribute: Attribute): Column<Contact> {
  const { name, kind } = attribute;
  return {
    key: attributeKey(name),
    header: name,
    sort: name,
    ...(kind === "number" && { align: "right" as const }),
    cell: ({ attributes }) => <AttributeText kind={kind} value={attributes[name]} />,
  };
}

/** A phone has room for one column beside the name, a tablet for three: the page never scrolls sideways. */
function fitting<T>(column: Column<T>, place: number): Column<T> {
  return place === 0 ? column : { ...column, hideBelow: place < 3 ? "xs" : "sm" };
}

function NameCell({ contact }: { contact: Contact }) {
  const name = contactName(contact);
  const second = contact.email ?? contact.phone;
  return (
    <div className={classes["name"]}>
      <Avatar size={30} radius="xl" aria-hidden>
        {initials(name)}
      </Avatar>
      <div>
        <Link to={`/contacts/${contact.id}`} className={classes["link"]} onClick={(event) => event.stopPropagation()}>
          {name}
        </Link>
        {second && second !== name && (
          <Text size="xs" c="dimmed" truncate>
            {second}
          </Text>
        )}
      </div>
    </div>
  );
}

/** The table's columns: the name always, of the others those the user chose (kept in this browser). */
export function useContactColumns(): { columns: Column<Contact>[]; choice: ColumnChoice } {
  const { t } = useTranslation("contacts");
  const format = useFormat();
  const attributes = inColumnOrder(useVocabulary().data?.attributes ?? []);
  const [kept, setShown] = useLocalStorage<string[] | null>({ key: "cadenza-contact-columns", defaultValue: null });
  const shown = kept ?? defaultColumns(attributes);
  const optional: Column<Contact>[] = [
    ...attributes.map(attributeColumn),
    { key: "owner", header: t("column.owner"), cell: ({ owner }) => owner?.name ?? null },
    { key: "company", header: t("column.company"), cell: ({ company }) => company?.name ?? null },
    {
      key: "tags",
      header: t("column.tags"),
      cell: ({ tags }) => (
        <Group gap={4} wrap="nowrap">
          {tags.slice(0, 2).map((tag) => (
            <Pill key={tag} dot={false}>
              {tag}
            </Pill>
          ))}
          {tags.length > 2 && `+${tags.length - 2}`}
        </Group>
      ),
    },
    { key: "phone", header: t("column.phone"), sort: "phone", cell: ({ phone }) => phone },
    { key: "ext_id", header: t("column.extId"), sort: "ext_id", cell: ({ ext_id }) => ext_id },
    {
      key: "created_at",
      header: t("column.created"),
      sort: "created_at",
      cell: ({ created_at }) => format.date(created_at.slice(0, 10)),
    },
  ];
  const name: Column<Contact> = {
    key: "name",
    header: t("column.name"),
    sort: "email",
    cell: (contact) => <NameCell contact={contact} />,
  };
  const columns = [name, ...optional.filter(({ key }) => shown.includes(key)).map(fitting)];
  return { columns, choice: { all: optional.map(({ key, header }) => ({ key, header })), shown, setShown } };
}
