import { Button, Group } from "@mantine/core";
import type { ReactNode } from "react";

interface OfferProps {
  children: ReactNode;
  label: string;
  onTake: () => void;
}

/** What a toast says, with the one thing that can be done about it. */
export function Offer({ children, label, onTake }: OfferProps) {
  return (
    <Group justify="space-between" wrap="nowrap" gap="sm">
      {children}
      <Button size="compact-sm" variant="light" flex="none" onClick={onTake}>
        {label}
      </Button>
    </Group>
  );
}
