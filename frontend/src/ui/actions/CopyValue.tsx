import { Button, type ButtonProps, CopyButton } from "@mantine/core";
import { IconCheck, IconCopy } from "@tabler/icons-react";

interface CopyValueProps extends ButtonProps {
  value: string;
  /** What the button says, and what it says for a moment after. */
  label: string;
  copied: string;
  iconSize?: number;
}

/** A button that copies something. */
export function CopyValue({ value, label, copied, iconSize = 16, ...button }: CopyValueProps) {
  return (
    <CopyButton value={value}>
      {({ copied: done, copy }) => {
        const Icon = done ? IconCheck : IconCopy;
        return (
          <Button leftSection={<Icon size={iconSize} aria-hidden />} onClick={copy} aria-live="polite" {...button}>
            {done ? copied : label}
          </Button>
        );
      }}
    </CopyButton>
  );
}
