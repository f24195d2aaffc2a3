import { Button, Text } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import type { ComponentProps, ReactNode } from "react";

import { Card } from "@/ui/card/Card";
import { Items } from "@/ui/list/Items";

interface NamesCardProps<Item> extends Pick<ComponentProps<typeof Items<Item>>, "query" | "children"> {
  title: string;
  /** What the button that adds one says, and what is said while there is none. */
  add: string;
  none: string;
  onAdd: () => void;
  panel: ReactNode;
}

/** A few things that mail is sent by, in a card of their own; `panel` is where one is added. */
export function NamesCard<Item>({ title, add, none, onAdd, panel, ...items }: NamesCardProps<Item>) {
  const button = (
    <Button variant="default" size="xs" leftSection={<IconPlus size={15} />} onClick={onAdd}>
      {add}
    </Button>
  );
  const nothing = (
    <Text c="dimmed" p="md">
      {none}
    </Text>
  );
  return (
    <Card title={title} action={button} flush>
      <Items awaited={2} empty={nothing} {...items} />
      {panel}
    </Card>
  );
}
