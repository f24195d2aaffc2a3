import { Drawer } from "@mantine/core";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";

import { PanelOpened } from "./panelOpened";
import classes from "./SidePanel.module.css";

interface SidePanelProps {
  opened: boolean;
  onClose: () => void;
  title: string;
  size?: number;
  /** Usually a PanelForm; anything else goes into a PanelBody. */
  children: ReactNode;
}

/** A panel at the right edge (the whole screen on a phone) for making and editing one thing. */
export function SidePanel({ opened, onClose, title, size = 460, children }: SidePanelProps) {
  const { t } = useTranslation();
  return (
    <Drawer.Root
      opened={opened}
      onClose={onClose}
      position="right"
      size={size}
      classNames={{ content: classes["content"] ?? "", header: classes["header"] ?? "" }}
    >
      <Drawer.Overlay backgroundOpacity={0.25} />
      <Drawer.Content>
        <Drawer.Header>
          <Drawer.Title fw={600} fz="lg">
            {title}
          </Drawer.Title>
          <Drawer.CloseButton aria-label={t("close")} />
        </Drawer.Header>
        <PanelOpened value={opened}>{children}</PanelOpened>
      </Drawer.Content>
    </Drawer.Root>
  );
}

/** What a side panel shows when it is no form. */
export function PanelBody({ children }: { children: ReactNode }) {
  return <div className={classes["body"]}>{children}</div>;
}
