import { Center, SegmentedControl, Skeleton, Text } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import type { Variant } from "@/api/campaigns";
import { useMailTemplate } from "@/api/mailing";
import { PreviewPane } from "@/ui/mail/PreviewPane";

import classes from "../campaigns.module.css";
import type { CampaignForm } from "./useCampaignForm";

/** Template and subject of a version; what version B does not say is as in A, but another template has its own subject. */
function contentOf({ template, subject, trial }: CampaignForm, variant: Variant) {
  if (variant === "a" || !trial) return { template, subject };
  return { template: trial.template ?? template, subject: trial.subject || (trial.template ? "" : subject) };
}

/** The mail as one contact would get it, in each of its versions. */
export function CampaignPreview({ values }: { values: CampaignForm }) {
  const { t } = useTranslation("campaigns");
  const [variant, setVariant] = useState<Variant>("a");
  const [contact, setContact] = useState<number | null>(null);
  const shown = values.trial ? variant : "a";
  const { template, subject } = contentOf(values, shown);
  const { data } = useMailTemplate(template ?? 0, template !== null);
  return (
    <div className={classes["preview"]}>
      {values.trial && (
        <SegmentedControl
          m="xs"
          size="xs"
          aria-label={t("trial.title")}
          value={variant}
          onChange={(value) => setVariant(value === "b" ? "b" : "a")}
          data={(["a", "b"] as const).map((value) => ({ value, label: t(`variant.${value}`) }))}
        />
      )}
      {template === null && (
        <Center h="100%">
          <Text c="dimmed">{t("what.nothing")}</Text>
        </Center>
      )}
      {template !== null && !data && <Skeleton height="100%" radius={0} />}
      {template !== null && data && (
        <PreviewPane
          mail={{ subject: subject || data.subject, preheader: data.preheader, format: data.format, source: data.source }}
          contactId={contact}
          onContact={setContact}
        />
      )}
    </div>
  );
}
