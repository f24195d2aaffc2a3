import { Button, Stack, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";

import { useStartCampaign } from "@/api/campaigns";
import { useVocabulary } from "@/api/vocabulary";
import { PanelForm } from "@/ui/panel/PanelForm";

import { useWorkspaceMoment } from "../useWorkspaceMoment";
import { EstimateNotice } from "./EstimateNotice";
import { type CampaignForm } from "./useCampaignForm";

interface LaunchFormProps {
  id: number;
  values: CampaignForm;
  /** Answers with the revision that was saved, or null when it could not be. */
  onSave: () => Promise<number | null>;
  onRefused: (error: unknown) => void;
}

/** The last look before a campaign leaves: to whom, what, when. */
export function LaunchForm({ id, values, onSave, onRefused }: LaunchFormProps) {
  const { t } = useTranslation("campaigns");
  const moment = useWorkspaceMoment();
  const start = useStartCampaign(id);
  const templates = useVocabulary().data?.templates ?? [];
  const { send_at: at, own_zone: own, trial, template, subject, keep_caps: caps, keep_quiet: quiet } = values;
  const name = templates.find((each) => each.id === template)?.name ?? "";
  const lines = [
    t("launch.what", { name }),
    subject && t("launch.subject", { subject }),
    at === null ? t("launch.now") : t(own ? "launch.ownZone" : "launch.at", { at: moment(at) }),
    trial && t("trial.how", { share: trial.share, hours: trial.hours }),
    t(caps ? "launch.caps" : "launch.noCaps"),
    t(quiet ? "launch.quiet" : "launch.noQuiet"),
  ];
  const launch = async () => {
    const revision = await onSave();
    if (revision !== null) start.mutate(revision, { onError: onRefused });
  };
  return (
    <PanelForm
      onSubmit={(event) => {
        event.preventDefault();
        void launch();
      }}
      footer={
        <Button type="submit" loading={start.isPending}>
          {t(at === null ? "launch.sendNow" : "launch.schedule")}
        </Button>
      }
    >
      <Stack gap="sm">
        <EstimateNotice settings={values} />
        {lines.filter(Boolean).map((line) => (
          <Text key={line}>{line}</Text>
        ))}
      </Stack>
    </PanelForm>
  );
}
