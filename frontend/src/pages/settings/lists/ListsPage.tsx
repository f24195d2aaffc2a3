import { Anchor, Group, Text } from "@mantine/core";
import { IconList } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";

import { useDeleteList, useLists } from "@/api/lists";
import type { ContactList } from "@/api/types";
import { DeleteItem, EditItem, ItemMenu } from "@/ui/actions/ItemMenu";
import { useConfirmed } from "@/ui/actions/useConfirmed";
import { EmptyState } from "@/ui/feedback/EmptyState";
import { ItemRow } from "@/ui/list/ItemRow";
import { Items } from "@/ui/list/Items";

import { AddButton } from "../AddButton";
import { SectionHead } from "../SectionHead";
import { ListPanel } from "./ListPanel";

export default function ListsPage() {
  const { t } = useTranslation("settings");
  const [open, setOpen] = useState<ContactList | "new" | null>(null);
  const add = (
    <AddButton permission="contacts.edit" onClick={() => setOpen("new")}>
      {t("lists.new")}
    </AddButton>
  );
  return (
    <>
      <SectionHead title={t("section.lists")} body={t("lists.body")} action={add} />
      <Items
        card
        query={useLists()}
        empty={<EmptyState icon={<IconList size={22} />} title={t("lists.none")} body={t("lists.noneBody")} />}
      >
        {(list) => <ListRow key={list.id} list={list} onEdit={() => setOpen(list)} />}
      </Items>
      <ListPanel open={open} onClose={() => setOpen(null)} />
    </>
  );
}

function ListRow({ list: { id, name, folder, count }, onEdit }: { list: ContactList; onEdit: () => void }) {
  const { t } = useTranslation("settings");
  const remove = useConfirmed(useDeleteList());
  const condition = encodeURIComponent(JSON.stringify({ all: [{ list: id, op: "in" }] }));
  const ask = () => remove(id, { title: t("lists.delete.title", { name }), body: t("lists.delete.body") });
  return (
    <ItemRow
      menu={
        <ItemMenu name={t("actionsFor", { name })} width={160}>
          <EditItem onClick={onEdit} />
          <DeleteItem onClick={ask} />
        </ItemMenu>
      }
    >
      <Group justify="space-between" gap="sm">
        <div>
          <Text fw={550}>{name}</Text>
          <Text size="sm" c="dimmed">
            {folder?.name}
          </Text>
        </div>
        <Anchor component={Link} to={`/contacts?condition=${condition}`} size="md" className="tabular">
          {t("lists.contacts", { count })}
        </Anchor>
      </Group>
    </ItemRow>
  );
}
