import { Anchor, Group, Text } from "@mantine/core";
import { IconAlertTriangle, IconExternalLink, IconForms, IconPlus } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { useDeleteForm, useForms, type WebForm } from "@/api/forms";
import { GuardedButton } from "@/ui/actions/GuardedButton";
import { useConfirm } from "@/ui/actions/useConfirm";
import { Pill } from "@/ui/badge/Pill";
import { Card } from "@/ui/card/Card";
import { EmptyState } from "@/ui/feedback/EmptyState";
import { Loaded } from "@/ui/feedback/Loaded";
import { SkeletonRows } from "@/ui/feedback/SkeletonRows";
import { toastProblem } from "@/ui/feedback/toast";
import { useFormat } from "@/ui/format";
import { ItemRow } from "@/ui/list/ItemRow";

import { SectionHead } from "../SectionHead";
import { Snippet } from "../Snippet";
import { FormPanel } from "./FormPanel";

/** The forms that Cadenza shows itself, each with its address, its snippet and how it does. */
export default function FormsPage() {
  const { t } = useTranslation(["forms", "settings"]);
  const [open, setOpen] = useState<WebForm | "new" | null>(null);
  const add = (
    <GuardedButton permission="forms.edit" leftSection={<IconPlus size={16} />} onClick={() => setOpen("new")}>
      {t("new")}
    </GuardedButton>
  );
  return (
    <>
      <SectionHead title={t("settings:section.forms")} body={t("body")} action={add} />
      <Loaded query={useForms()} skeleton={<SkeletonRows count={2} />}>
        {({ items }) =>
          items.length === 0 ? (
            <EmptyState icon={<IconForms size={22} />} title={t("none")} body={t("noneBody")} />
          ) : (
            <Card flush>
              {items.map((form) => (
                <FormRow key={form.id} form={form} onEdit={() => setOpen(form)} />
              ))}
            </Card>
          )
        }
      </Loaded>
      <FormPanel open={open} onClose={() => setOpen(null)} />
    </>
  );
}

function FormRow({ form, onEdit }: { form: WebForm; onEdit: () => void }) {
  const { t } = useTranslation(["forms", "common"]);
  const format = useFormat();
  const confirm = useConfirm();
  const remove = useDeleteForm();
  const { id, name, enabled, design, domains, shown, submitted, url, snippet } = form;
  const ask = () =>
    confirm({
      title: t("deleteTitle", { name }),
      body: t("deleteBody"),
      verb: t("common:delete"),
      onConfirm: () => remove.mutate(id, { onError: toastProblem }),
    });
  return (
    <ItemRow
      menu={
        <Group gap={4} wrap="nowrap">
          <GuardedButton
            permission="forms.edit"
            variant="subtle"
            size="compact-sm"
            onClick={onEdit}
            aria-label={t("editLabel", { name })}
          >
            {t("common:edit")}
          </GuardedButton>
          <GuardedButton
            permission="forms.edit"
            variant="subtle"
            color="red"
            size="compact-sm"
            onClick={ask}
            aria-label={t("deleteLabel", { name })}
          >
            {t("common:delete")}
          </GuardedButton>
        </Group>
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
