import { Button, type ButtonProps } from "@mantine/core";
import type { MouseEventHandler, ReactNode } from "react";
import { useTranslation } from "react-i18next";

import { useCan } from "@/api/session";
import type { Permission } from "@/api/types";
import { hint } from "@/ui/hint/hint";

interface GuardedButtonProps extends ButtonProps {
  permission: Permission;
  onClick: MouseEventHandler<HTMLButtonElement>;
  children: ReactNode;
}

/** A button that stays in sight without the permission, but says on hover and focus why it does nothing. */
export function GuardedButton({ permission, onClick, ...button }: GuardedButtonProps) {
  const { t } = useTranslation();
  if (useCan()(permission)) return <Button onClick={onClick} {...button} />;
  const why = hint(t("notPermitted"));
  return <Button {...button} {...why} data-disabled aria-disabled onClick={(event) => event.preventDefault()} />;
}
