import { Anchor, Group, Text } from "@mantine/core";
import { IconAlertTriangle, IconExternalLink, IconForms } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { useDeleteForm, useForms, type WebForm } from "@/api/forms";
import { useConfirmed } from "@/ui/actions/useConfirmed";
import { Pill } from "@/ui/badge/Pill";
import { EmptyState } from "@/ui/feedback/EmptyState";
import { useFormat } from "@/ui/format";
import { ItemRow } from "@/ui/list/ItemRow";
import { Items } from "@/ui/list/Items";

import { AddButton } from "../AddButton";
import { RowButtons } from "../RowButtons";
import { SectionHead } from "../SectionHead";
import { Snippet } from "../Snippet";
import { FormPanel } from "./FormPanel";

/** The forms that Cadenza shows itself, each with its address, its snippet and how it does. */
export default function FormsPage() {
  const { t } = useTranslation(["forms", "settings"]);
  const [open, setOpen] = useState<WebForm | "new" | null>(null);
  const add = (
    <AddButton permission="forms.edit" onClick={() => setOpen("new")}>
      {t("new")}
    </AddButton>
  );
  return (
    <>
      <SectionHead title={t("settings:section.forms")} body={t("body")} action={add} />
      <Items
        card
        query={useForms()}
        awaited={2}
        empty={<EmptyState icon={<IconForms size={22} />} title={t("none")} body={t("noneBody")} />}
      >
        {(form) => <FormRow key={form.id} form={form} onEdit={() => setOpen(form)} />}
      </Items>
      <FormPanel open={open} onClose={() => setOpen(null)} />
    </>
  );
}

function FormRow({ form, onEdit }: { form: WebForm; onEdit: () => void }) {
  const { t } = useTranslation("forms");
  const format = useFormat();
  const remove = useConfirmed(useDeleteForm());
  const { id, name, enabled, design, domains, shown, submitted, url, snippet } = form;
  const ask = () => remove(id, { title: t("deleteTitle", { name }), body: t("deleteBody") });
  return (
    <ItemRow
      menu={
        <RowButtons
          permission="forms.edit"
          editLabel={t("editLabel", { name })}
          onEdit={onEdit}
          deleteLabel={t("deleteLabel", { name })}
          onDelete={ask}
        />
      }
    >
      <Group gap="xs">
        <Text fw={550}>{name}</Text>
        <Pill tone={enabled ? "ok" : "warn"}>{t(enabled ? "open" : "closed")}</Pill>
        <Text size="sm" c="dimmed">
          {t(`kinds.${design.kind}`)}
        </Text>
      </Group>
      <Text size="sm">
        {t("shown", { count: shown })} · {t("submitted", { count: submitted })}
        {shown > 0 && ` · ${format.percent(Math.min(1, submitted / shown))}`}
      </Text>
      {form.left_out.length > 0 && (
        <Text size="sm" c="var(--cz-warn)">
          <IconAlertTriangle size={13} aria-hidden /> {t("leftOut", { labels: form.left_out.join(", ") })}
        </Text>
      )}
      {enabled && (
        <Anchor href={`${url}?preview=1`} target="_blank" rel="noopener" size="sm" style={{ overflowWrap: "anywhere" }}>
          {url} <IconExternalLink size={13} aria-hidden />
        </Anchor>
      )}
      {domains.length > 0 && <Snippet code={snippet} label={t("copy")} />}
    </ItemRow>
  );
}
