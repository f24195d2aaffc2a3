/** What opens beside the canvas and over it. */

import type { Automation, Check, PeopleFilter, Stats } from "@/api/editor";

import { CommentsPanel } from "./comments/CommentsPanel";
import { ActivateDialog } from "./dialogs/ActivateDialog";
import { BranchDialog } from "./dialogs/BranchDialog";
import { ConflictDialog } from "./dialogs/ConflictDialog";
import { ContestedDialog } from "./dialogs/ContestedDialog";
import { LostDialog } from "./dialogs/LostDialog";
import { MissingDialog } from "./dialogs/MissingDialog";
import { RemoveDialog } from "./dialogs/RemoveDialog";
import { SettingsPanel } from "./dialogs/SettingsPanel";
import { ShortcutsDialog } from "./dialogs/ShortcutsDialog";
import { UnappliedDialog } from "./dialogs/UnappliedDialog";
import { EntriesPanel } from "./entries/EntriesPanel";
import { Inspector } from "./inspector/Inspector";
import { PeoplePanel } from "./live/PeoplePanel";
import { NamingPopover } from "./menu/NamingPopover";
import { RehearsePanel } from "./rehearse/RehearsePanel";
import { useEditor } from "./state/EditorContext";
import { isRehearsing } from "./state/store";
import type { Autosave } from "./state/useAutosave";
import { StoryDialog } from "./story/StoryDialog";

/** Beside the canvas: a rehearsal, else the settings of the open step. */
export function Side() {
  const opened = useEditor((state) => state.panel === "rehearse");
  const rehearsing = useEditor(isRehearsing);
  return (
    <>
      {!rehearsing && <Inspector />}
      {opened && <RehearsePanel aside={!rehearsing} />}
    </>
  );
}

interface DialogsProps {
  automation: Automation;
  check: Check | undefined;
  save: Autosave;
  stats: Stats | undefined;
  /** The live version that is looked at, where it is not the last. */
  version: number | null;
  /** Of how many last days the counts of the canvas are; undefined: of ever. */
  days: number | undefined;
  /** Whose list is open. */
  people: PeopleFilter | null;
  onPeople: (people: PeopleFilter | null) => void;
  onLive: () => void;
  /** Where the draft's settings can be changed instead of those that are looked at. */
  onDraftSettings: (() => void) | null;
}

/** Over the canvas: each opens by what the editor's state says. */
export function Dialogs(props: DialogsProps) {
  const { automation, check, save, stats, version, days, people, onPeople, onLive, onDraftSettings } = props;
  return (
    <>
      <NamingPopover />
      <RemoveDialog />
      <MissingDialog />
      <UnappliedDialog />
      <LostDialog />
      <ContestedDialog />
      <BranchDialog />
      <ConflictDialog clashes={save.clashes} resolve={save.resolve} />
      <ActivateDialog automation={automation} check={check} save={save} onLive={onLive} />
      <SettingsPanel archived={automation.state === "archived"} onDraft={onDraftSettings} />
      <EntriesPanel automation={automation} />
      <ShortcutsDialog />
      <CommentsPanel />
      <StoryDialog />
      <PeoplePanel filter={people} stats={stats} version={version} days={days} onClose={() => onPeople(null)} />
    </>
  );
}
