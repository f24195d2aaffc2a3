import { Group } from "@mantine/core";
import { useTranslation } from "react-i18next";

import { useMembership } from "@/api/contacts";
import type { ContactDetail } from "@/api/types";
import { AttributeText } from "@/ui/AttributeText";
import { Pill } from "@/ui/badge/Pill";
import { TagsField } from "@/ui/fields/TagsField";

import { changesBetween } from "./changes";
import { EditableRow } from "./EditableRow";

export function TagsRow({ contact: { id, tags } }: { contact: ContactDetail }) {
  const { t } = useTranslation("contact");
  const { mutateAsync } = useMembership();
  const save = async (wanted: string[]) => {
    const { added, removed } = changesBetween(tags, wanted);
    for (const tag of added) await mutateAsync({ contacts: [id], to: { tags: tag }, present: true });
    for (const tag of removed) await mutateAsync({ contacts: [id], to: { tags: tag }, present: false });
  };
  const pills = tags.map((tag) => (
    <Pill key={tag} dot={false}>
      {tag}
    </Pill>
  ));
  return (
    <EditableRow<string[]>
      label={t("field.tags")}
      value={tags}
      shown={tags.length > 0 ? <Group gap={4}>{pills}</Group> : <AttributeText kind="text" value={null} />}
      input={(draft, setDraft) => (
        <TagsField aria-label={t("field.tags")} value={draft} onChange={setDraft} autoFocus />
      )}
      onSave={save}
    />
  );
}
