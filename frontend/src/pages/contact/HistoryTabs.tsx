import { Tabs } from "@mantine/core";
import { type RefObject, Suspense, useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import { useSearchParams } from "react-router";

import { useCan } from "@/api/session";
import type { ContactDetail } from "@/api/types";
import { later } from "@/ui/feedback/later";
import { SkeletonRows } from "@/ui/feedback/SkeletonRows";

import { AutomationsTab } from "./AutomationsTab";
import classes from "./ContactPage.module.css";
import { DealsTab } from "./DealsTab";
import { MessagesTab } from "./MessagesTab";
import { NotesTab } from "./NotesTab";
import { TasksTab } from "./TasksTab";
import { TimelineTab } from "./TimelineTab";
import { VisitsTab } from "./VisitsTab";

const ConsentTab = later("ConsentTab", async () => (await import("./ConsentTab")).ConsentTab, <SkeletonRows />);
const WhyTab = later("WhyTab", async () => (await import("./WhyTab")).WhyTab, <SkeletonRows />);

const tabs = ["timeline", "automations", "why", "messages", "consent", "visits", "deals", "tasks", "notes"] as const;

/** What happened to the contact and what is planned; the open tab stands in the address. */
export function HistoryTabs({ contact }: { contact: ContactDetail }) {
  const { t } = useTranslation("contact");
  const can = useCan();
  const [params, setParams] = useSearchParams();
  const open = tabs.find((tab) => tab === params.get("tab")) ?? "timeline";
  const place = useRef<HTMLDivElement>(null);
  useInSight(place, params.has("tab"));
  const counts: Record<string, number> = { ...contact.counts };
  const shown = tabs.filter(
    (tab) => (tab !== "deals" || can("deals.view")) && ((tab !== "automations" && tab !== "why") || can("automations.view")),
  );
  return (
    <Tabs
      ref={place}
      className={classes["history"] ?? ""}
      value={open}
      keepMounted={false}
      onChange={(tab) => setParams(tab === "timeline" || !tab ? {} : { tab }, { replace: true })}
    >
      <Tabs.List aria-label={t("history")} className={classes["tabs"] ?? ""}>
        {shown.map((tab) => (
          <Tabs.Tab key={tab} value={tab} style={{ flex: "none" }}>
            {t(`tab.${tab}`)}
            {counts[tab] ? ` ${counts[tab]}` : ""}
          </Tabs.Tab>
        ))}
      </Tabs.List>
      <Suspense fallback={<SkeletonRows />}>
        <Tabs.Panel value="timeline" className={classes["panel"] ?? ""}>
          <TimelineTab contactId={contact.id} />
        </Tabs.Panel>
        <Tabs.Panel value="automations" className={classes["panel"] ?? ""}>
          <AutomationsTab contactId={contact.id} />
        </Tabs.Panel>
        <Tabs.Panel value="why" className={classes["panel"] ?? ""}>
          <WhyTab contactId={contact.id} />
        </Tabs.Panel>
        <Tabs.Panel value="messages" className={classes["panel"] ?? ""}>
          <MessagesTab contactId={contact.id} />
        </Tabs.Panel>
        <Tabs.Panel value="consent" className={classes["panel"] ?? ""}>
          <ConsentTab contactId={contact.id} />
        </Tabs.Panel>
        <Tabs.Panel value="visits" className={classes["panel"] ?? ""}>
          <VisitsTab contactId={contact.id} />
        </Tabs.Panel>
        <Tabs.Panel value="deals" className={classes["panel"] ?? ""}>
          <DealsTab contactId={contact.id} />
        </Tabs.Panel>
        <Tabs.Panel value="tasks" className={classes["panel"] ?? ""}>
          <TasksTab contactId={contact.id} />
        </Tabs.Panel>
        <Tabs.Panel value="notes" className={classes["panel"] ?? ""}>
          <NotesTab contactId={contact.id} />
        </Tabs.Panel>
      </Suspense>
    </Tabs>
  );
}

const HANDS = ["wheel", "touchstart", "pointerdown", "keydown"] as const;
const SETTLED_MS = 2000;

/**
 * Whoever was sent to a tab sees it: on a phone it stands below the details. What is still loaded above or in it moves it,
 * so it is kept there until somebody lays hands on the page, and no longer than such loading takes.
 */
function useInSight(place: RefObject<HTMLElement | null>, sent: boolean): void {
  const first = useRef(sent);
  useEffect(() => {
    const below = place.current;
    if (!first.current || !below || below.getBoundingClientRect().top < window.innerHeight / 2) return undefined;
    const held = new ResizeObserver(() => below.scrollIntoView({ block: "start" }));
    const over = new AbortController();
    const stop = () => {
      window.clearTimeout(settled);
      held.disconnect();
      over.abort();
    };
    const settled = window.setTimeout(stop, SETTLED_MS);
    for (const each of [below, ...(below.parentElement?.children ?? [])]) held.observe(each);
    for (const hand of HANDS) window.addEventListener(hand, stop, { signal: over.signal, passive: true });
    return stop;
  }, [place]);
}
