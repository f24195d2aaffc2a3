import { Code, Group } from "@mantine/core";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";

import { CopyValue } from "@/ui/actions/CopyValue";

/** Code to be copied; `children`: what else can be done with it. */
export function Snippet({ code, label, children }: { code: string; label: string; children?: ReactNode }) {
  const { t } = useTranslation("settings");
  return (
    <Group gap="xs" mt="xs" align="flex-start">
      <Code block style={{ overflowWrap: "anywhere", whiteSpace: "pre-wrap", flex: "1 1 18rem" }}>
        {code}
      </Code>
      <CopyValue value={code} label={label} copied={t("copied")} variant="default" size="compact-md" />
      {children}
    </Group>
  );
}
