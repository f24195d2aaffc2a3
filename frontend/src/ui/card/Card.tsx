import { Group, Title } from "@mantine/core";
import type { ReactNode } from "react";

import classes from "./Card.module.css";

interface CardProps {
  title?: string;
  /** Stands at the right of the title. */
  action?: ReactNode;
  /** No inner padding: the content brings rows of its own. */
  flush?: boolean;
  children: ReactNode;
}

/** A surface that holds one group of things. */
export function Card({ title, action, flush = false, children }: CardProps) {
  return (
    <section className={classes["card"]} aria-label={title}>
      {title && (
        <Group justify="space-between" className={classes["head"] ?? ""} wrap="nowrap">
          <Title order={2} size="h5">
            {title}
          </Title>
          {action}
        </Group>
      )}
      <div className={flush ? undefined : classes["body"]}>{children}</div>
    </section>
  );
}
