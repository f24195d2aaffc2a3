import { ActionIcon, Drawer } from "@mantine/core";
import { useDebouncedValue, useMediaQuery } from "@mantine/hooks";
import { IconPlus } from "@tabler/icons-react";
import i18next from "i18next";
import { Suspense, useDeferredValue, useEffect, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { useBlocker, useSearchParams } from "react-router";

import { type Automation, type PeopleFilter, useFreshStats, useStats } from "@/api/editor";
import { useCan, useUser } from "@/api/session";
import type { Vocabulary } from "@/api/types";
import { useVersion } from "@/api/versions";
import type { Catalog } from "@/flow/catalog";
import { sameMeaning } from "@/flow/document";
import { toastBroken } from "@/ui/feedback/toast";

import { Awaited } from "./Awaited";
import { TopBar, type View } from "./bar/TopBar";
import { Board } from "./board/Board";
import { EmptyBoard } from "./board/EmptyBoard";
import { ModeHint } from "./board/ModeHint";
import { Picker } from "./board/Picker";
import { NotePlacer } from "./comments/NotePlacer";
import classes from "./EditorScreen.module.css";
import { CrowdNotice } from "./entries/CrowdNotice";
import { FindBar } from "./find/FindBar";
import { FindProvider } from "./find/FindProvider";
import { useClipboard } from "./keys/useClipboard";
import { useShortcuts } from "./keys/useShortcuts";
import { Banner } from "./live/Banner";
import { useWaiting } from "./live/useWaiting";
import { useLiveLook, useLiveVersion } from "./live/liveLook";
import { useLiveEditor } from "./live/useLiveEditor";
import { PeopleProvider } from "./live/people";
import { ContextMenu } from "./menu/ContextMenu";
import { SelectionBar } from "./menu/SelectionBar";
import { Outline } from "./outline/Outline";
import { useOutline } from "./outline/useOutline";
import { Palette } from "./palette/Palette";
import { RehearsalProvider, useRehearsal } from "./rehearse/state";
import { useSharedView } from "./share/useSharedView";
import { EditorProvider, useDocument, useEditor, useEditorScope } from "./state/EditorContext";
import { keptDraft } from "./state/kept";
import { createEditor } from "./state/store";
import { type Autosave, useAutosave } from "./state/useAutosave";
import { useFindings } from "./state/useFindings";
import { useKeptHistory } from "./state/useKeptHistory";
import { useRadarWarnings } from "./state/useRadarWarnings";
import { useSaidFaults } from "./state/useSaidFaults";
import { TogetherProvider } from "./together/TogetherProvider";
import { makeTools, makeVerbs } from "./verbs";
import { useLater } from "./useLater";
import { VersionsScreen } from "./versions/VersionsScreen";

/** Beyond those of the editor: what waits for its texts would hide all around it meanwhile. */
const panelTexts = ["deals", "hooks", "mail", "settings"];

/** Their forms weigh more than the canvas. */
async function fetchPanels() {
  const [panels] = await Promise.all([import("./Panels"), i18next.loadNamespaces(panelTexts)]);
  return panels;
}

interface EditorScreenProps {
  automation: Automation;
  catalog: Catalog;
  vocabulary: Vocabulary;
}

/** The editor around one automation: its draft, and, once it runs, the live version beside it. */
export function EditorScreen({ automation, catalog, vocabulary }: EditorScreenProps) {
  const { id, live_document: live } = automation;
  const { id: user } = useUser();
  const mayEdit = useCan()("automations.edit") && automation.state !== "archived";
  const [kept] = useState(() => (mayEdit ? keptDraft(user, id) : null));
  const [draft] = useState(() => createEditor(kept?.document ?? automation.document, !mayEdit));
  const { version: chosen } = useLiveVersion();
  const earlier = useVersion(id, chosen);
  // A draft that does the same shows where steps were put since, and their groups.
  const latest = live && !automation.has_unpublished_changes ? automation.document : live;
  const liveEditor = useLiveEditor(earlier.data?.document ?? latest, earlier.data ? chosen : automation.version);
  const [params] = useSearchParams();
  const wanted = params.get("view") ?? (automation.has_unpublished_changes || kept ? "draft" : "live");
  const [view, setView] = useState<View>((live || chosen !== null) && wanted === "live" ? "live" : "draft");
  const save = useAutosave(id, draft, automation, kept);
  useKeptHistory(id, draft);
  const editor = view === "live" && liveEditor ? liveEditor : draft;
  const { t } = useTranslation("editor");
  const scope = useMemo(() => {
    const tools = makeTools(editor, catalog, t);
    return { automation: id, editor, catalog, vocabulary, words: tools.words, verbs: makeVerbs(tools) };
  }, [id, editor, catalog, vocabulary, t]);
  return (
    <EditorProvider value={scope}>
      <TogetherProvider>
        <FindProvider>
          <RehearsalProvider>
            <Screen
              automation={automation}
              view={view}
              onView={setView}
              onDraftSettings={() => {
                draft.setState({ panel: "settings" });
                setView("draft");
              }}
              save={save}
              mayEdit={mayEdit}
            />
          </RehearsalProvider>
        </FindProvider>
      </TogetherProvider>
      <VersionsScreen
        automation={automation}
        draft={draft}
        catalog={catalog}
        mayEdit={mayEdit}
        onDraft={() => setView("draft")}
      />
    </EditorProvider>
  );
}

interface ScreenProps {
  automation: Automation;
  view: View;
  onView: (view: View) => void;
  onDraftSettings: () => void;
  save: Autosave;
  mayEdit: boolean;
}

function Screen({ automation, view, onView, onDraftSettings, save, mayEdit }: ScreenProps) {
  const { t } = useTranslation("editor");
  const document = useDocument();
  const [settled] = useDebouncedValue(document, 250);
  const own = useFindings(settled);
  const known = useRadarWarnings(own, save.state);
  const check = view === "draft" ? known : own;
  const running = automation.version !== null;
  const look = useLiveLook();
  const chosen = useLiveVersion().version;
  const version = view === "live" ? chosen : null;
  const days = view === "live" ? look.days : undefined;
  useFreshStats(automation.id);
  const { data: all } = useStats(automation.id, running);
  const { data: stats } = useStats(automation.id, running, { days, version });
  // Beside the one contact of a test run, what really happened would read as if it were part of it.
  const shownStats = useRehearsal().trial ? undefined : stats;
  const [params] = useSearchParams();
  const [people, setPeople] = useState<PeopleFilter | null>(
    params.get("people") === "failed" ? { node: null, state: "failed" } : null,
  );
  const readOnly = useEditor((state) => state.readOnly);
  const opened = useEditor((state) => state.open !== null);
  const said = useEditor((state) => state.said);
  const changed = useMemo(
    () => automation.live_document !== null && view === "draft" && !sameMeaning(document, automation.live_document),
    [automation.live_document, document, view],
  );
  const [outlined] = useOutline();
  const { loaded: panels, trouble } = useLater("panels", fetchPanels);
  useBrokenOff(trouble === "broken");
  useShortcuts();
  useClipboard();
  useLeaving();
  useWaiting(all);
  useSaidFaults(check);
  useSharedView(view);
  return (
    <PeopleProvider value={setPeople}>
      <div className={classes["screen"]} data-view={view}>
        <TopBar
          automation={automation}
          check={check}
          save={save.state}
          view={view}
          onView={onView}
          changed={changed}
          inside={all?.inside ?? 0}
        />
        <Banner automation={automation} view={view} onView={onView} mayEdit={mayEdit} />
        <CrowdNotice automation={automation.id} enabled={running} />
        <div className={classes["work"]}>
          {outlined ? <Outline check={check} stats={shownStats} /> : !readOnly && <PalettePlace />}
          <div className={classes["board"]} data-board>
            <Board key={`${view} ${String(version)}`} check={check} stats={shownStats} />
            <EmptyBoard />
            <ModeHint />
            <NotePlacer />
            <FindBar check={check} />
            <SelectionBar />
          </div>
          {panels ? (
            <Suspense fallback={opened && <Awaited trouble={null} />}>
              <panels.Side />
            </Suspense>
          ) : (
            opened && <Awaited trouble={trouble} />
          )}
        </div>
        <div className="visually-hidden" aria-live="polite" role="log" aria-label={t("said.title")}>
          {said}
        </div>
      </div>
      <Picker />
      <ContextMenu />
      {panels && (
        <Suspense>
          <panels.Dialogs
            automation={automation}
            check={check}
            save={save}
            stats={stats}
            version={version}
            days={days}
            people={people}
            onPeople={setPeople}
            onLive={() => onView("live")}
            onDraftSettings={view === "live" && mayEdit ? onDraftSettings : null}
          />
        </Suspense>
      )}
    </PeopleProvider>
  );
}

/** What broke off takes settings and dialogs with it: the way out is told at once, whatever is opened then. */
function useBrokenOff(broken: boolean): void {
  const { t } = useTranslation("editor");
  useEffect(() => {
    if (!broken) return undefined;
    return toastBroken(t("inspector.broken"));
  }, [broken, t]);
}

/** The palette beside the canvas; on a phone a sheet from below. */
function PalettePlace() {
  const { t } = useTranslation("editor");
  const { editor } = useEditorScope();
  const opened = useEditor((state) => state.panel === "palette");
  const small = useMediaQuery("(max-width: 48em)", false, { getInitialValueInEffect: false });
  const drawn = useDeferredValue(true, false); // the canvas comes first
  if (!small) {
    return (
      <div className={classes["palette"]}>{drawn && <Palette />}</div>
    );
  }
  return (
    <>
      {/* Without words: in any language, it must leave room for the buttons of the canvas beside it. */}
      <ActionIcon
        className={classes["addStep"] ?? ""}
        size={46}
        aria-label={t("palette.add")}
        onClick={() => editor.setState({ panel: "palette" })}
      >
        <IconPlus size={22} />
      </ActionIcon>
      <Drawer
        opened={opened}
        onClose={() => editor.setState({ panel: null })}
        position="bottom"
        size="70dvh"
        transitionProps={{ exitDuration: 0 }} // the tap that follows is meant for the canvas
        title={t("palette.title")}
        closeButtonProps={{ "aria-label": t("common.close") }}
        classNames={{ body: classes["sheet"] ?? "" }}
      >
        <Palette />
      </Drawer>
    </>
  );
}

/** Leaving the page with changes that were not applied asks first. */
function useLeaving(): void {
  const { editor } = useEditorScope();
  const blocker = useBlocker(
    ({ currentLocation, nextLocation }) =>
      editor.getState().draft !== null && currentLocation.pathname !== nextLocation.pathname,
  );
  useEffect(() => {
    if (blocker.state === "blocked") {
      editor.setState({ wish: { go: () => blocker.proceed(), stay: () => blocker.reset() } });
    }
  }, [blocker, editor]);
}
