import { IconChevronRight } from "@tabler/icons-react";
import { useId } from "react";
import { useTranslation } from "react-i18next";
import { NavLink } from "react-router";

import { useCan } from "@/api/session";

import { groups } from "./sections";
import classes from "./SettingsPage.module.css";

/** The ways to the sections, by what these are about. `list`: as rows over the whole width, for fingers. */
export function SectionLinks({ list }: { list: boolean }) {
  const { t } = useTranslation("settings");
  const can = useCan();
  const id = useId();
  return (
    <nav className={classes["nav"]} data-list={list} aria-label={t("title")}>
      {groups.map(({ key: group, sections }) => {
        const open = sections.filter(({ permission }) => can(permission));
        return (
          open.length > 0 && (
            <div key={group} className={classes["group"]}>
              <span id={`${id}-${group}`} className={classes["caption"]}>
                {t(`group.${group}`)}
              </span>
              <ul className={classes["links"]} aria-labelledby={`${id}-${group}`}>
                {open.map(({ key, icon: Icon }) => (
                  <li key={key}>
                    <NavLink to={`/settings/${key}`} className={classes["link"] ?? ""}>
                      <Icon size={17} stroke={1.7} aria-hidden />
                      {t(`section.${key}`)}
                      {list && <IconChevronRight size={16} className={classes["further"]} aria-hidden />}
                    </NavLink>
                  </li>
                ))}
              </ul>
            </div>
          )
        );
      })}
    </nav>
  );
}
