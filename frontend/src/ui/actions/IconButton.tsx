import { ActionIcon, type ActionIconProps } from "@mantine/core";
import type { ComponentPropsWithRef } from "react";

import { hint, type Side } from "@/ui/hint/hint";

type Native = Omit<ComponentPropsWithRef<"button">, keyof ActionIconProps | "aria-label">;

interface IconButtonProps extends ActionIconProps, Native {
  /** For whoever cannot see the icon, or does not know it. */
  name: string;
  /** Where its name appears. */
  side?: Side;
}

/** A quiet button that is an icon. */
export function IconButton({ name, side, size = 32, ...others }: IconButtonProps) {
  return <ActionIcon variant="subtle" color="gray" size={size} aria-label={name} {...hint(name, side)} {...others} />;
}
