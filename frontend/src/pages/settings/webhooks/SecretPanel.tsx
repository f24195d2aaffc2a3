import { Alert, Button, Code, CopyButton, Stack } from "@mantine/core";
import { IconCheck, IconCopy } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";

import { PanelBody, SidePanel } from "@/ui/panel/SidePanel";

/** Shows a webhook's secret, this once. */
export function SecretPanel({ secret, onClose }: { secret: string | null; onClose: () => void }) {
  const { t } = useTranslation(["doors", "settings"]);
  return (
    <SidePanel opened={secret !== null} onClose={onClose} title={t("settings:section.webhooks")}>
      {secret && (
        <PanelBody>
          <Stack gap="md">
            <Alert color="yellow" variant="light">
              {t("webhooks.once")}
            </Alert>
            <Code block style={{ overflowWrap: "anywhere", whiteSpace: "pre-wrap" }}>
              {secret}
            </Code>
            <CopyButton value={secret}>
              {({ copied, copy }) => (
                <Button leftSection={copied ? <IconCheck size={16} /> : <IconCopy size={16} />} onClick={copy} aria-live="polite">
                  {copied ? t("webhooks.copied") : t("webhooks.copySecret")}
                </Button>
              )}
            </CopyButton>
            <Button variant="default" onClick={onClose}>
              {t("webhooks.done")}
            </Button>
          </Stack>
        </PanelBody>
      )}
    </SidePanel>
  );
}
