import { useTranslation } from "react-i18next";

import { SidePanel } from "@/ui/panel/SidePanel";

import { ShownOnce } from "../ShownOnce";

/** Shows a webhook's secret, this once. */
export function SecretPanel({ secret, onClose }: { secret: string | null; onClose: () => void }) {
  const { t } = useTranslation(["doors", "settings"]);
  return (
    <SidePanel opened={secret !== null} onClose={onClose} title={t("settings:section.webhooks")}>
      {secret && (
        <ShownOnce value={secret} once={t("webhooks.once")} copy={t("webhooks.copySecret")} onDone={onClose} />
      )}
    </SidePanel>
  );
}
