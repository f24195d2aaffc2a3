import { Group } from "@mantine/core";
import type { FormEventHandler, ReactNode } from "react";

import classes from "./SidePanel.module.css";

interface PanelFormProps {
  onSubmit: FormEventHandler<HTMLFormElement>;
  /** Buttons that stay in sight at the bottom. */
  footer?: ReactNode;
  children: ReactNode;
}

/** A form that fills a side panel: its fields scroll, its buttons stay. Faults are the server's to tell, at the field. */
export function PanelForm({ onSubmit, footer, children }: PanelFormProps) {
  return (
    <form className={classes["frame"]} onSubmit={onSubmit} noValidate>
      <div className={classes["body"]}>{children}</div>
      {footer && (
        <Group className={classes["footer"] ?? ""} justify="flex-end" gap="xs">
          {footer}
        </Group>
      )}
    </form>
  );
}
