import { Alert, Button, Code, Stack } from "@mantine/core";
import { useTranslation } from "react-i18next";

import { CopyValue } from "@/ui/actions/CopyValue";
import { PanelBody } from "@/ui/panel/SidePanel";

interface ShownOnceProps {
  value: string;
  /** That it is shown only now, and what to do with it. */
  once: string;
  /** What the button that copies it says. */
  copy: string;
  onDone: () => void;
}

/** A secret that nobody can read again, in a side panel. */
export function ShownOnce({ value, once, copy, onDone }: ShownOnceProps) {
  const { t } = useTranslation("settings");
  return (
    <PanelBody>
      <Stack gap="md">
        <Alert color="yellow" variant="light">
          {once}
        </Alert>
        <Code block style={{ overflowWrap: "anywhere", whiteSpace: "pre-wrap" }}>
          {value}
        </Code>
        <CopyValue value={value} label={copy} copied={t("copied")} />
        <Button variant="default" onClick={onDone}>
          {t("done")}
        </Button>
      </Stack>
    </PanelBody>
  );
}
