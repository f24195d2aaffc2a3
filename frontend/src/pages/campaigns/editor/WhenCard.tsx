import { SegmentedControl, Stack, Switch, TextInput } from "@mantine/core";
import dayjs from "dayjs";
import { useTranslation } from "react-i18next";

import { useSession } from "@/api/session";
import { Card } from "@/ui/card/Card";

import type { CampaignFormApi } from "./useCampaignForm";
import { momentOf, wallTime } from "./wallTime";

/** When: now or later, by whose clock, and what holds mail back. */
export function WhenCard({ form }: { form: CampaignFormApi }) {
  const { t } = useTranslation("campaigns");
  const zone = useSession().data?.workspace.time_zone ?? "UTC";
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
            <TextInput
              type="datetime-local"
              label={t("when.at", { zone })}
              value={wallTime(at, zone)}
              error={form.errors["send_at"]}
              onChange={({ currentTarget }) => {
                const moment = momentOf(currentTarget.value, zone);
                if (moment) form.setFieldValue("send_at", moment);
              }}
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
