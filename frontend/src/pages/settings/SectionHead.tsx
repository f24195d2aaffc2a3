import { Group, Text, Title } from "@mantine/core";
import type { ReactNode } from "react";

interface SectionHeadProps {
  title: string;
  body: string;
  action?: ReactNode;
}

/** The head of one section: what it is for, and its main action. */
export function SectionHead({ title, body, action }: SectionHeadProps) {
  return (
    <Group justify="space-between" align="flex-start" mb="lg" gap="md">
      <div style={{ flex: "1 1 260px" }}>
        <Title order={2} size="h3">
          {title}
        </Title>
        <Text c="dimmed" mt={2}>
          {body}
        </Text>
      </div>
      {action}
    </Group>
  );
}
