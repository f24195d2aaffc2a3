import { Button, type ButtonProps } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconRoute } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";

import type { Entrants } from "@/api/entries";
import { useCan } from "@/api/session";

import { AddToAutomation } from "./AddToAutomation";

interface AddToAutomationButtonProps extends Pick<ButtonProps, "variant"> {
  who: Entrants;
  count: number;
}

/** Opens the panel that lets contacts into an automation; not there for those who may not. */
export function AddToAutomationButton({ who, count, variant = "default" }: AddToAutomationButtonProps) {
  const { t } = useTranslation("entries");
  const [opened, panel] = useDisclosure(false);
  if (!useCan()("automations.enter")) return null;
  return (
    <>
      <Button variant={variant} leftSection={<IconRoute size={16} />} disabled={count === 0} onClick={panel.open}>
        {t("open")}
      </Button>
      <AddToAutomation who={who} count={count} opened={opened} onClose={panel.close} />
    </>
  );
}
