import { useTranslation } from "react-i18next";

import { useMembership } from "@/api/contacts";
import type { ContactDetail } from "@/api/types";
import { AttributeText } from "@/ui/AttributeText";
import { ListsField } from "@/ui/fields/ListsField";

import { changesBetween } from "./changes";
import { EditableRow } from "./EditableRow";

export function ListsRow({ contact }: { contact: ContactDetail }) {
  const { t } = useTranslation("contact");
  const { mutateAsync } = useMembership();
  const now = contact.lists.map(({ id }) => id);
  const save = async (wanted: number[]) => {
    const { added, removed } = changesBetween(now, wanted);
    for (const id of added) await mutateAsync({ contacts: [contact.id], to: { lists: id }, present: true });
    for (const id of removed) await mutateAsync({ contacts: [contact.id], to: { lists: id }, present: false });
  };
  return (
    <EditableRow<number[]>
      label={t("field.lists")}
      value={now}
      shown={<AttributeText kind="multiple_choice" value={contact.lists.map(({ name }) => name)} />}
      input={(draft, setDraft) => (
        <ListsField aria-label={t("field.lists")} value={draft} onChange={setDraft} autoFocus />
      )}
      onSave={save}
    />
  );
}
