import { useMediaQuery } from "@mantine/hooks";
import { IconChevronLeft } from "@tabler/icons-react";
import { Suspense } from "react";
import { useTranslation } from "react-i18next";
import { Link, Outlet, useMatch } from "react-router";

import { SkeletonRows } from "@/ui/feedback/SkeletonRows";
import { Page } from "@/ui/page/Page";

import { SectionLinks } from "./SectionLinks";
import classes from "./SettingsPage.module.css";

/** The settings: their sections at the side, the open one beside; where there is no room, one after the other. */
export default function SettingsPage() {
  const { t } = useTranslation("settings");
  const narrow = useMediaQuery("(max-width: 62em)", false, { getInitialValueInEffect: false });
  const noneOpen = useMatch("/settings") !== null;
  if (narrow && noneOpen)
    return (
      <Page title={t("title")}>
        <SectionLinks list />
      </Page>
    );
  const section = (
    <div className={classes["section"]}>
      <Suspense fallback={<SkeletonRows />}>
        <Outlet />
      </Suspense>
    </div>
  );
  if (narrow)
    return (
      <Page title={t("title")} heading={<Back />}>
        {section}
      </Page>
    );
  return (
    <Page title={t("title")}>
      <div className={classes["columns"]}>
        <SectionLinks list={false} />
        {section}
      </div>
    </Page>
  );
}

function Back() {
  const { t } = useTranslation("settings");
  return (
    <Link to="/settings" className={classes["back"]}>
      <IconChevronLeft size={18} aria-hidden />
      {t("title")}
    </Link>
  );
}
