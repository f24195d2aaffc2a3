import { UnstyledButton } from "@mantine/core";
import { IconChevronDown } from "@tabler/icons-react";
import { type ReactNode, useId, useState } from "react";
import { useTranslation } from "react-i18next";

import classes from "./Banner.module.css";

interface BannerLineProps {
  icon: ReactNode;
  children: ReactNode;
  /** What can be set there. */
  more?: ReactNode;
  /** What is most likely done about it. */
  action?: ReactNode;
  tone?: "live" | "way";
}

/** A line above the canvas. On a phone it is one line, which is opened for the rest of it. */
export function BannerLine({ icon, children, more, action, tone }: BannerLineProps) {
  const { t } = useTranslation("editor");
  const [unfolded, setUnfolded] = useState(false);
  const rest = useId();
  return (
    <div className={classes["banner"]} data-tone={tone} data-unfolded={unfolded || undefined}>
      {icon}
      <span className={classes["words"]} id={rest}>
        {children}
      </span>
      {more && <div className={classes["more"]}>{more}</div>}
      {action && <div className={classes["action"]}>{action}</div>}
      <UnstyledButton
        className={classes["fold"] ?? ""}
        aria-expanded={unfolded}
        aria-controls={rest}
        aria-label={t("banner.more")}
        onClick={() => setUnfolded(!unfolded)}
      >
        <IconChevronDown size={18} aria-hidden />
      </UnstyledButton>
    </div>
  );
}
