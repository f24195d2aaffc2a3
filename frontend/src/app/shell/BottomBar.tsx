import { useTranslation } from "react-i18next";
import { NavLink } from "react-router";

import classes from "./BottomBar.module.css";
import { useHome, useNavItems } from "./navigation";

/** The navigation at the foot of the screen on a phone. */
export function BottomBar() {
  const { t } = useTranslation();
  const home = useHome();
  // Seven words do not fit: whoever begins elsewhere comes to their work by the menu at the head.
  const items = useNavItems().filter(({ key, path }) => key !== "work" || path === home);
  return (
    <nav className={classes["bar"]} aria-label={t("nav.label")}>
      {items.map(({ key, path, icon: Icon }) => (
        <NavLink key={key} to={path} className={classes["link"] ?? ""}>
          <Icon size={20} stroke={1.7} aria-hidden />
          <span className={classes["word"]}>{t(`nav.${key}`)}</span>
        </NavLink>
      ))}
    </nav>
  );
}
