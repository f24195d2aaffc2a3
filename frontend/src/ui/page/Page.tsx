import { Group, Title } from "@mantine/core";
import { useDocumentTitle } from "@mantine/hooks";
import { IconChevronLeft } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { Link } from "react-router";

import classes from "./Page.module.css";

interface PageProps {
  title: string;
  /** Stands in for the plain title, where the heading is more than words. */
  heading?: ReactNode;
  subtitle?: ReactNode;
  /** The list that this thing belongs to. */
  back?: { to: string; label: string };
  /** Buttons at the right of the title. */
  actions?: ReactNode;
  /** A row under the title: tabs, filters. */
  toolbar?: ReactNode;
  /** `fill`: the content takes the rest of the screen and scrolls by itself. `narrow`: a reading column. */
  layout?: "wide" | "narrow" | "fill";
  children: ReactNode;
}

/** The frame of every page but the editor: title, actions, toolbar, content. */
export function Page({ title, heading, subtitle, back, actions, toolbar, layout = "wide", children }: PageProps) {
  useDocumentTitle(`${title} · Cadenza`);
  return (
    <div className={classes["page"]} data-layout={layout}>
      <header className={classes["header"]}>
        <div className={classes["words"]}>
          {back && (
            <Link to={back.to} className={classes["back"]}>
              <IconChevronLeft size={14} aria-hidden />
              {back.label}
            </Link>
          )}
          <Title order={1} className={classes["title"]}>
            {heading ?? title}
          </Title>
          {subtitle && <div className={classes["subtitle"]}>{subtitle}</div>}
        </div>
        {actions && (
          <Group gap="xs" className={classes["actions"]}>
            {actions}
          </Group>
        )}
      </header>
      {toolbar && <div className={classes["toolbar"]}>{toolbar}</div>}
      <div className={classes["content"]}>{children}</div>
    </div>
  );
}
