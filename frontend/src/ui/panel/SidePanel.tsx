import { Drawer, Group } from "@mantine/core";
import type { FormEventHandler, ReactNode } from "react";
import { useTranslation } from "react-i18next";

import classes from "./SidePanel.module.css";

interface SidePanelProps {
  opened: boolean;
  onClose: () => void;
  title: string;
  /** Buttons that stay in sight at the bottom. */
  footer?: ReactNode;
  /** Makes the whole panel one form, so that Enter and the footer's submit button work. */
  onSubmit?: FormEventHandler<HTMLFormElement>;
  size?: number;
  children: ReactNode;
}

/** A panel at the right edge (the whole screen on a phone) for making and editing one thing. */
export function SidePanel({ opened, onClose, title, footer, onSubmit, size = 460, children }: SidePanelProps) {
  const { t } = useTranslation();
  const body = (
    <>
      <div className={classes["body"]}>{children}</div>
      {footer && (
        <Group className={classes["footer"]} justify="flex-end" gap="xs">
          {footer}
        </Group>
      )}
    </>
  );
  return (
    <Drawer.Root opened={opened} onClose={onClose} position="right" size={size}>
      <Drawer.Overlay backgroundOpacity={0.25} />
      <Drawer.Content className={classes["content"] ?? ""}>
        <Drawer.Header className={classes["header"] ?? ""}>
          <Drawer.Title fw={600} fz="lg">
            {title}
          </Drawer.Title>
          <Drawer.CloseButton aria-label={t("close")} />
        </Drawer.Header>
        {onSubmit ? (
          <form className={classes["frame"]} onSubmit={onSubmit} noValidate>
            {body}
          </form>
        ) : (
          <div className={classes["frame"]}>{body}</div>
        )}
      </Drawer.Content>
    </Drawer.Root>
  );
}
