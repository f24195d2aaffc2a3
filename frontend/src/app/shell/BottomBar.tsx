import { useTranslation } from "react-i18next";
import { NavLink } from "react-router";

import classes from "./BottomBar.module.css";
import { useNavItems } from "./navigation";

/** The navigation at the foot of the screen on a phone. */
export function BottomBar() {
  const { t } = useTranslation();
  return (
    <nav className={classes["bar"]} aria-label={t("nav.label")}>
      {useNavItems().map(({ key, path, icon: Icon }) => (
        <NavLink key={key} to={path} className={classes["link"] ?? ""}>
          <Icon size={20} stroke={1.7} aria-hidden />
          <span className={classes["word"]}>{t(`nav.${key}`)}</span>
        </NavLink>
      ))}
    </nav>
  );
}
