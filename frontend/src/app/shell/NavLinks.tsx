import { useTranslation } from "react-i18next";
import { NavLink } from "react-router";

import { hint } from "@/ui/hint/hint";

import classes from "./NavLinks.module.css";
import { useNavItems } from "./navigation";

export function NavLinks({ rail }: { rail: boolean }) {
  const { t } = useTranslation();
  return (
    <ul className={classes["list"]} data-rail={rail}>
      {useNavItems().map(({ key, path, icon: Icon }) => (
        <li key={key}>
          <NavLink
            to={path}
            className={classes["link"] ?? ""}
            {...(rail && { "aria-label": t(`nav.${key}`), ...hint(t(`nav.${key}`), "right") })}
          >
            <Icon size={18} stroke={1.7} aria-hidden />
            {!rail && <span>{t(`nav.${key}`)}</span>}
          </NavLink>
        </li>
      ))}
    </ul>
  );
}
