import { UnstyledButton } from "@mantine/core";
import { IconChevronDown } from "@tabler/icons-react";
import { type ReactNode, type RefObject, useEffect, useId, useRef, useState } from "react";
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
  const words = useRef<HTMLSpanElement>(null);
  const cut = useCut(words);
  const rest = useId();
  return (
    <div className={classes["banner"]} data-tone={tone} data-unfolded={unfolded || undefined}>
      {icon}
      <span ref={words} className={classes["words"]} id={more ? undefined : rest}>
        {children}
      </span>
      {more && <div className={classes["more"]} id={rest}>{more}</div>}
      {action && <div className={classes["action"]}>{action}</div>}
      {(more || cut || unfolded) && (
        <UnstyledButton
          className={classes["fold"] ?? ""}
          aria-expanded={unfolded}
          aria-controls={rest}
          aria-label={t("banner.more")}
          onClick={() => setUnfolded(!unfolded)}
        >
          <IconChevronDown size={18} aria-hidden />
        </UnstyledButton>
      )}
    </div>
  );
}

/** Whether there is no room for all the words. */
function useCut(words: RefObject<HTMLElement | null>): boolean {
  const [cut, setCut] = useState(false);
  useEffect(() => {
    const shown = words.current;
    if (!shown) return undefined;
    const measure = () => setCut(shown.scrollWidth > shown.clientWidth);
    const room = new ResizeObserver(measure); // measures at once, too
    const said = new MutationObserver(measure);
    room.observe(shown);
    said.observe(shown, { characterData: true, childList: true, subtree: true });
    return () => {
      room.disconnect();
      said.disconnect();
    };
  }, [words]);
  return cut;
}
