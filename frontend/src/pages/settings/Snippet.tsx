import { Button, Code, CopyButton, Group } from "@mantine/core";
import { IconCheck, IconCopy } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";

/** Code to be copied; `children`: what else can be done with it. */
export function Snippet({ code, label, children }: { code: string; label: string; children?: ReactNode }) {
  const { t } = useTranslation("settings");
  return (
    <Group gap="xs" mt="xs" align="flex-start">
      <Code block style={{ overflowWrap: "anywhere", whiteSpace: "pre-wrap", flex: "1 1 18rem" }}>
        {code}
      </Code>
      <CopyButton value={code}>
        {({ copied, copy }) => (
          <Button
            variant="default"
            size="compact-md"
            leftSection={copied ? <IconCheck size={16} /> : <IconCopy size={16} />}
            onClick={copy}
            aria-live="polite"
          >
            {copied ? t("apiKeys.copied") : label}
          </Button>
        )}
      </CopyButton>
      {children}
    </Group>
  );
}
