import { Alert, Group, List, SegmentedControl, Skeleton, Text } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { IconAlertTriangle } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { type ToPreview, usePreview } from "@/api/mailing";
import { problemWords } from "@/ui/feedback/toast";
import { useFormat } from "@/ui/format";

import { MailFrame } from "./MailFrame";
import { ContactPicker } from "./ContactPicker";
import classes from "./preview.module.css";

const views = ["desktop", "phone", "text"] as const;
type View = (typeof views)[number];
const phoneWidth = 375;

interface PreviewPaneProps {
  mail: Omit<ToPreview, "contact_id">;
  contactId: number | null;
  onContact: (id: number | null) => void;
}

/** The mail as one contact would get it, a moment after each change, with what may go wrong. */
export function PreviewPane({ mail, contactId, onContact }: PreviewPaneProps) {
  const { t } = useTranslation("mail");
  const format = useFormat();
  const [view, setView] = useState<View>("desktop");
  const [settled] = useDebouncedValue(mail, 400);
  const { data, error } = usePreview({ ...settled, contact_id: contactId });
  return (
    <section className={classes["preview"]} aria-label={t("preview")}>
      <Group className={classes["previewBar"] ?? ""} gap="xs">
        <ContactPicker value={contactId} onChange={onContact} />
        <SegmentedControl
          size="xs"
          aria-label={t("width")}
          value={view}
          onChange={(value) => setView(views.find((each) => each === value) ?? "desktop")}
          data={views.map((value) => ({ value, label: t(`view.${value}`) }))}
        />
        {data && (
          <Text size="sm" c="dimmed" className="tabular">
            {t("size", { size: format.number(Math.ceil(data.size / 1024)) })}
          </Text>
        )}
      </Group>
      {error && (
        <Alert color="red" m="sm" icon={<IconAlertTriangle size={16} />} role="alert">
          {problemWords(error)}
        </Alert>
      )}
      {data && data.warnings.length > 0 && (
        <Alert color="yellow" m="sm" icon={<IconAlertTriangle size={16} />} title={t("mayGoWrong")}>
          <List size="sm">
            {data.warnings.map(({ code, subject, message }) => (
              <List.Item key={`${code} ${subject}`}>{t(`warning.${code}`, message, { subject })}</List.Item>
            ))}
          </List>
        </Alert>
      )}
      {data && (
        <Text className={classes["subject"] ?? ""} fw={600}>
          {data.subject}
        </Text>
      )}
      <div className={classes["paper"]} data-view={view}>
        {!data && !error && <Skeleton height="100%" />}
        {data && view === "text" && <pre className={classes["text"]}>{data.text}</pre>}
        {data && view !== "text" && (
          <MailFrame title={t("preview")} html={data.html} width={view === "phone" ? phoneWidth : "100%"} />
        )}
      </div>
    </section>
  );
}
