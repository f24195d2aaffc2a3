import { SegmentedControl, Stack, Switch } from "@mantine/core";
import dayjs from "dayjs";
import { useTranslation } from "react-i18next";

import { Card } from "@/ui/card/Card";

import { useWorkspaceZone } from "../useWorkspaceMoment";
import { MomentField } from "./MomentField";
import type { CampaignFormApi } from "./useCampaignForm";

/** When: now or later, by whose clock, and what holds mail back. */
export function WhenCard({ form }: { form: CampaignFormApi }) {
  const { t } = useTranslation("campaigns");
  const zone = useWorkspaceZone();
  const { send_at: at } = form.values;
  const choose = (when: string) => {
    form.setFieldValue("send_at", when === "later" ? dayjs().add(1, "day").startOf("hour").toISOString() : null);
    if (when === "now") form.setFieldValue("own_zone", false);
  };
  return (
    <Card title={t("when.title")}>
      <Stack gap="md">
        <SegmentedControl
          aria-label={t("when.title")}
          value={at === null ? "now" : "later"}
          onChange={choose}
          data={["now", "later"].map((value) => ({ value, label: t(value === "now" ? "when.now" : "when.later") }))}
        />
        {at !== null && (
          <>
            <MomentField
              label={t("when.at", { zone })}
              value={at}
              zone={zone}
              error={form.errors["send_at"]}
              onChange={(moment) => form.setFieldValue("send_at", moment)}
            />
            <Switch
              label={t("when.ownZone")}
              description={t("when.ownZoneHint")}
              {...form.getInputProps("own_zone", { type: "checkbox" })}
            />
          </>
        )}
        <Switch
          label={t("when.caps")}
          description={t("when.capsHint")}
          {...form.getInputProps("keep_caps", { type: "checkbox" })}
        />
        <Switch
          label={t("when.quiet")}
          description={t("when.quietHint")}
          {...form.getInputProps("keep_quiet", { type: "checkbox" })}
        />
      </Stack>
    </Card>
  );
}
