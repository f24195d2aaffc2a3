import { Tooltip } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { NavLink } from "react-router";

import classes from "./NavLinks.module.css";
import { useNavItems } from "./navigation";

export function NavLinks({ rail }: { rail: boolean }) {
  const { t } = useTranslation();
  return (
    <ul className={classes["list"]} data-rail={rail}>
      {useNavItems().map(({ key, path, icon: Icon }) => (
        <li key={key}>
          <Tooltip label={t(`nav.${key}`)} position="right" disabled={!rail}>
            <NavLink to={path} className={classes["link"] ?? ""} aria-label={rail ? t(`nav.${key}`) : undefined}>
              <Icon size={18} stroke={1.7} aria-hidden />
              {!rail && <span>{t(`nav.${key}`)}</span>}
            </NavLink>
          </Tooltip>
        </li>
      ))}
    </ul>
  );
}
