import { Group, Stack, Text, Title } from "@mantine/core";
import type { ReactNode } from "react";

import classes from "./EmptyState.module.css";

interface EmptyStateProps {
  icon: ReactNode;
  title: string;
  body?: ReactNode;
  /** The next thing to do. */
  action?: ReactNode;
}

/** What stands where a list would be: why it is empty and what to do next. */
export function EmptyState({ icon, title, body, action }: EmptyStateProps) {
  return (
    <Stack className={classes["empty"]} align="center" gap={6}>
      <div className={classes["icon"]} aria-hidden>
        {icon}
      </div>
      <Title order={2} size="h4">
        {title}
      </Title>
      {body && (
        <Text c="dimmed" ta="center" maw={440}>
          {body}
        </Text>
      )}
      {action && (
        <Group gap="xs" mt="sm" justify="center">
          {action}
        </Group>
      )}
    </Stack>
  );
}
