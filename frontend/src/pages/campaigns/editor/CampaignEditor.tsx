import { Alert, Button, Stack, Text, TextInput } from "@mantine/core";
import { IconMailForward, IconSend } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import type { Campaign } from "@/api/campaigns";
import { useCan } from "@/api/session";
import { Card } from "@/ui/card/Card";
import { Page } from "@/ui/page/Page";
import { LeaveDialog } from "@/ui/page/LeaveDialog";
import { SidePanel } from "@/ui/panel/SidePanel";

import classes from "../campaigns.module.css";
import { CampaignPreview } from "./CampaignPreview";
import { LaunchForm } from "./LaunchForm";
import { TestForm } from "./TestPanel";
import { TrialCard } from "./TrialCard";
import { useCampaignForm } from "./useCampaignForm";
import { WhatCard } from "./WhatCard";
import { WhenCard } from "./WhenCard";
import { WhoCard } from "./WhoCard";

/** Writing a draft: to whom, what, in one or two versions, when; with the mail beside. */
export function CampaignEditor({ campaign }: { campaign: Campaign }) {
  const { t } = useTranslation(["campaigns", "common"]);
  const maySend = useCan()("campaigns.send");
  const { form, state, unsaved, saveNow, refused, reloaded, dismiss } = useCampaignForm(campaign);
  const [panel, setPanel] = useState<"test" | "launch" | null>(null);
  const close = () => setPanel(null);
  const open = async (which: "test" | "launch") => {
    if ((await saveNow()) !== null) setPanel(which);
  };
  return (
    <Page
      title={form.values.name}
      back={{ to: "/campaigns", label: t("title") }}
      subtitle={<span role="status">{t(`saving.${state}`)}</span>}
      actions={
        <>
          <Button variant="default" leftSection={<IconMailForward size={16} />} onClick={() => void open("test")}>
            {t("test.open")}
          </Button>
          {maySend && (
            <Button leftSection={<IconSend size={16} />} onClick={() => void open("launch")}>
              {t("launch.open")}
            </Button>
          )}
        </>
      }
    >
      <div className={classes["editor"]}>
        <Stack gap="lg">
          {reloaded && (
            <Alert
              color="yellow"
              role="alert"
              title={t("reloaded.title")}
              withCloseButton
              closeButtonLabel={t("common:close")}
              onClose={dismiss}
            >
              {t("reloaded.body")}
            </Alert>
          )}
          <Card>
            <TextInput label={t("name")} maxLength={200} {...form.getInputProps("name")} />
            <Text size="sm" c="dimmed" mt={6}>
              {t("nameHint")}
            </Text>
          </Card>
          <WhoCard form={form} />
          <WhatCard form={form} />
          <TrialCard form={form} />
          <WhenCard form={form} />
        </Stack>
        <CampaignPreview values={form.values} />
      </div>
      <SidePanel opened={panel === "test"} onClose={close} title={t("test.open")}>
        <TestForm id={campaign.id} hasTrial={form.values.trial !== null} onDone={close} />
      </SidePanel>
      <SidePanel opened={panel === "launch"} onClose={close} title={t("launch.title")}>
        <LaunchForm
          id={campaign.id}
          values={form.values}
          onSave={saveNow}
          onRefused={(error) => {
            close();
            void refused(error);
          }}
        />
      </SidePanel>
      <LeaveDialog unsaved={unsaved} onSave={saveNow} />
    </Page>
  );
}
