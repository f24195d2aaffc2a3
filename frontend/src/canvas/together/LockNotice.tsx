import { Alert, Button } from "@mantine/core";
import { IconLock } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";

import type { StepLock } from "./useStepLock";

/** Says that somebody else works on the step, and lets one take over. */
export function LockNotice({ lock: { told, take } }: { lock: StepLock }) {
  const { t } = useTranslation("together");
  if (told === null) return null;
  return (
    <Alert color="yellow" icon={<IconLock size={18} />} mb="md" role="status">
      {told}
      <Button size="compact-sm" variant="default" mt="xs" display="block" onClick={take}>
        {t("lock.take")}
      </Button>
    </Alert>
  );
}
