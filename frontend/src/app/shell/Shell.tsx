import { useDisclosure } from "@mantine/hooks";
import { openSpotlight } from "@mantine/spotlight";
import { Suspense, lazy } from "react";
import { useTranslation } from "react-i18next";
import { Outlet, ScrollRestoration, useMatches } from "react-router";

import { Hints } from "@/ui/hint/Hints";

import { useGoKeys } from "../useGoKeys";
import { BottomBar } from "./BottomBar";
import { PageFallback } from "./PageFallback";
import { patiently } from "./patiently";
import classes from "./Shell.module.css";
import { Sidebar } from "./Sidebar";
import { TopBar } from "./TopBar";

// Fetched after the page itself: nobody needs them in the first second. Should the line break then, the page stays.
const CommandPalette = lazy(async () => ({
  default: await patiently(async () => (await import("../palette/CommandPalette")).CommandPalette),
}));
// Questions are asked through its events, so it need not wrap the page.
const Questions = lazy(async () => ({ default: await patiently(async () => (await import("@mantine/modals")).ModalsProvider) }));
const ShortcutsDialog = lazy(async () => ({
  default: await patiently(async () => (await import("../palette/ShortcutsDialog")).ShortcutsDialog),
}));

function isBare(handle: unknown): boolean {
  return typeof handle === "object" && handle !== null && "bare" in handle;
}

/** Everything around a page: navigation, search, live notifications. The editor gets a narrow rail and the whole rest. */
export function Shell() {
  const { t } = useTranslation();
  const bare = useMatches().some((match) => isBare(match.handle));
  const [shortcutsOpen, shortcuts] = useDisclosure(false);
  useGoKeys(shortcuts.open, !bare);
  return (
    <div className={classes["shell"]} data-bare={bare}>
      <a className={classes["skip"]} href="#main">
        {t("skipToContent")}
      </a>
      <Sidebar rail={bare} onSearch={openSpotlight} onShortcuts={shortcuts.open} />
      {!bare && <TopBar onSearch={openSpotlight} onShortcuts={shortcuts.open} />}
      <main id="main" tabIndex={-1} className={classes["main"]}>
        <Suspense fallback={<PageFallback />}>
          <Outlet />
        </Suspense>
      </main>
      {!bare && <BottomBar />}
      <ScrollRestoration />
      <Hints />
      <Suspense>
        <Questions />
      </Suspense>
      <Suspense>
        <CommandPalette onShortcuts={shortcuts.open} />
      </Suspense>
      <Suspense>{shortcutsOpen && <ShortcutsDialog onClose={shortcuts.close} />}</Suspense>
    </div>
  );
}
