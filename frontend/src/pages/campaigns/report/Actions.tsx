import { Button } from "@mantine/core";
import { IconCopy, IconPlayerPause, IconPlayerPlay, IconX } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";

import { type Campaign, type CampaignAct, useCampaignAct, useCopyCampaign } from "@/api/campaigns";
import { useCan } from "@/api/session";
import { useConfirm } from "@/ui/actions/useConfirm";
import { tellOutcome } from "@/ui/feedback/tellOutcome";

import { openCampaign } from "../openCampaign";

/** What can be done with a campaign that was started. */
export function Actions({ campaign: { id, name, state } }: { campaign: Campaign }) {
  const { t } = useTranslation("campaigns");
  const can = useCan();
  const act = useCampaignAct();
  const copy = useCopyCampaign();
  const confirm = useConfirm();
  const run = (what: CampaignAct) => tellOutcome(act.mutateAsync({ id, act: what }));
  const callOff = () =>
    state === "scheduled"
      ? run("unschedule")
      : confirm({
          title: t("cancel.title", { name }),
          body: t("cancel.body"),
          verb: t("cancel.verb"),
          onConfirm: () => run("cancel"),
        });
  const moving = state === "sending" || state === "paused" || state === "scheduled";
  return (
    <>
      {can("campaigns.edit") && (
        <Button
          variant="default"
          leftSection={<IconCopy size={16} />}
          loading={copy.isPending}
          onClick={() => tellOutcome(copy.mutateAsync(id, { onSuccess: (made) => openCampaign(made.id) }))}
        >
          {t("copy")}
        </Button>
      )}
      {can("campaigns.send") && moving && (
        <Button variant="default" leftSection={<IconX size={16} />} loading={act.isPending} onClick={callOff}>
          {t(state === "scheduled" ? "act.unschedule" : "act.cancel")}
        </Button>
      )}
      {can("campaigns.send") && state === "sending" && (
        <Button leftSection={<IconPlayerPause size={16} />} loading={act.isPending} onClick={() => run("pause")}>
          {t("act.pause")}
        </Button>
      )}
      {can("campaigns.send") && state === "paused" && (
        <Button leftSection={<IconPlayerPlay size={16} />} loading={act.isPending} onClick={() => run("resume")}>
          {t("act.resume")}
        </Button>
      )}
    </>
  );
}
