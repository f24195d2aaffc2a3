import { Suspense, useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import { NavLink, Outlet, useLocation } from "react-router";

import { useCan } from "@/api/session";
import { SkeletonRows } from "@/ui/feedback/SkeletonRows";
import { Page } from "@/ui/page/Page";

import { sections } from "./sections";
import classes from "./SettingsPage.module.css";

/** The settings: their sections at the side, the open one beside. */
export default function SettingsPage() {
  const { t } = useTranslation("settings");
  const can = useCan();
  const nav = useRef<HTMLElement>(null);
  const { pathname } = useLocation();
  // On a phone the sections are a row that is wider than the screen.
  useEffect(() => {
    nav.current?.querySelector(`[href="${pathname}"]`)?.scrollIntoView({ block: "nearest", inline: "center" });
  }, [pathname]);
  return (
    <Page title={t("title")}>
      <div className={classes["columns"]}>
        <nav ref={nav} className={classes["nav"]} aria-label={t("title")}>
          {sections
            .filter(({ permission }) => can(permission))
            .map(({ key, icon: Icon }) => (
              <NavLink key={key} to={`/settings/${key}`} className={classes["link"] ?? ""}>
                <Icon size={17} stroke={1.7} aria-hidden />
                {t(`section.${key}`)}
              </NavLink>
            ))}
        </nav>
        <div className={classes["section"]}>
          <Suspense fallback={<SkeletonRows />}>
            <Outlet />
          </Suspense>
        </div>
      </div>
    </Page>
  );
}
