import { Alert, Button, CopyButton, Group, NativeSelect, Progress, Stack, Text } from "@mantine/core";
import { IconArrowBackUp, IconLink, IconPlayerStop, IconUsers } from "@tabler/icons-react";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { useStore } from "zustand";

import { type Automation, useStats } from "@/api/editor";
import { useCan } from "@/api/session";
import type { Version } from "@/api/types";
import { useCancelMove, useVersion, useVersions } from "@/api/versions";
import { apply, type Editor } from "@/canvas/state/store";
import { tellOutcome } from "@/ui/feedback/tellOutcome";
import { toastDone } from "@/ui/feedback/toast";
import type { Catalog } from "@/flow/catalog";
import { restore } from "@/flow/commands";
import { diffOf, sizeOf } from "@/flow/diff";
import { type AutomationDocument, sameMeaning } from "@/flow/document";
import { ErrorState } from "@/ui/feedback/ErrorState";
import { SkeletonRows } from "@/ui/feedback/SkeletonRows";
import { useFormat } from "@/ui/format";

import { ChangeList } from "./ChangeList";
import type { Comparison, VersionName } from "./comparison";
import { DiffBoard } from "./DiffBoard";
import { MoveDialog } from "./MoveDialog";
import { VersionList } from "./VersionList";
import classes from "./VersionsScreen.module.css";
import { useChangeWords, useSide } from "./words";

interface VersionsViewProps {
  automation: Automation;
  draft: Editor;
  catalog: Catalog;
  mayEdit: boolean;
  comparison: Comparison;
  onShow: (comparison: Comparison | null) => void;
  onDraft: () => void;
}

/** All versions, the chosen ones on the canvas, and what differs between them as a list. */
export function VersionsView({ automation, draft, comparison, ...rest }: VersionsViewProps) {
  const { id } = automation;
  const versions = useVersions(id);
  const present = useStore(draft, (state) => state.history.present);
  const shown = useVersion(id, numberOf(comparison.shown));
  const other = useVersion(id, numberOf(comparison.with));
  const failed = [versions, shown, other].find((query) => query.isError && query.data === undefined);
  if (failed) return <ErrorState error={failed.error} onRetry={() => void failed.refetch()} />;
  const after = comparison.shown === "draft" ? present : shown.data?.document;
  const before = comparison.with === null ? after : comparison.with === "draft" ? present : other.data?.document;
  if (!versions.data || !after || !before) return <SkeletonRows count={6} />;
  return (
    <Loaded
      {...rest}
      automation={automation}
      draft={draft}
      comparison={comparison}
      versions={versions.data}
      before={before}
      after={after}
    />
  );
}

interface LoadedProps extends VersionsViewProps {
  versions: { items: Version[]; moving: { version: number; total: number; taken: number }[] };
  before: AutomationDocument;
  after: AutomationDocument;
}

function Loaded({ automation, draft, catalog, mayEdit, comparison, onShow, onDraft, versions, before, after }: LoadedProps) {
  const { t } = useTranslation("versions");
  const sides = { before: useSide(before), after: useSide(after) };
  const words = useChangeWords(catalog, sides);
  const diff = useMemo(() => diffOf(before, after), [before, after]);
  const [marked, setMarked] = useState<string | null>(null);
  const [moving, setMoving] = useState(false);
  const [asked, setAsked] = useState(false);
  const ask = () => {
    setMoving(true);
    setAsked(true);
  };
  const mayMove = useCan()("automations.activate") && automation.state !== "archived";
  const present = useStore(draft, (state) => state.history.present);
  const { live_document: live } = automation;
  const changed = useMemo(() => live === null || !sameMeaning(present, live), [present, live]);
  const older = versions.items.some((version) => !version.live && version.inside > 0);
  const number = numberOf(comparison.shown);
  const { data: stats } = useStats(automation.id, number !== null, { version: number });
  const bringBack = (earlier: number) => {
    apply(draft, restore(draft.getState().history.present, after));
    toastDone({ message: t("restored", { number: earlier }) });
    onDraft();
    onShow(null);
  };
  return (
    <div className={classes["view"]}>
      <section className={classes["side"]} aria-label={t("open")}>
        {versions.moving.map((move) => (
          <Moving key={move.version} {...move} />
        ))}
        {mayMove && versions.moving.length > 0 && <CancelMove automation={automation.id} />}
        <VersionList versions={versions.items} comparison={comparison} changed={changed} onShow={onShow} />
        {mayMove && older && (
          // After the question, the versions take the focus back: to where it was asked.
          <Button variant="default" leftSection={<IconUsers size={16} />} onClick={ask} data-autofocus={asked || undefined}>
            {t("move.open")}
          </Button>
        )}
      </section>
      <DiffBoard
        key={`${String(comparison.with)} ${String(comparison.shown)}`}
        sides={sides}
        comparing={comparison.with !== null}
        catalog={catalog}
        words={words}
        stats={stats}
        marked={marked}
      />
      <section className={classes["side"]} aria-label={t("list")}>
        <Against versions={versions.items} comparison={comparison} onShow={onShow} />
        {comparison.with !== null && (
          <>
            {sizeOf(diff) > 0 && <Text fw={600}>{t("count", { count: sizeOf(diff) })}</Text>}
            <ChangeList diff={diff} words={words} onMark={setMarked} />
          </>
        )}
        <Group gap="xs">
          {number !== null && mayEdit && (
            <Button leftSection={<IconArrowBackUp size={16} />} variant="default" onClick={() => bringBack(number)}>
              {t("restore")}
            </Button>
          )}
          <CopyButton value={window.location.href}>
            {({ copied, copy }) => (
              <Button leftSection={<IconLink size={16} />} variant="default" onClick={copy}>
                {t(copied ? "link_copied" : "link")}
              </Button>
            )}
          </CopyButton>
        </Group>
      </section>
      {automation.version !== null && (
        <MoveDialog automation={automation} version={automation.version} opened={moving} onClose={() => setMoving(false)} />
      )}
    </div>
  );
}

/** What the version is compared with. */
function Against({ versions, comparison, onShow }: { versions: Version[] } & Pick<LoadedProps, "comparison" | "onShow">) {
  const { t } = useTranslation("versions");
  const names: VersionName[] = ["draft", ...versions.map((version) => version.number)];
  const others = names.filter((name) => name !== comparison.shown);
  return (
    <NativeSelect
      label={t("compare")}
      data={[
        { value: "", label: t("alone") },
        ...others.map((name) => ({
          value: String(name),
          label: name === "draft" ? t("draft") : t("number", { number: name }),
        })),
      ]}
      value={comparison.with === null ? "" : String(comparison.with)}
      onChange={({ currentTarget: { value } }) =>
        onShow({ shown: comparison.shown, with: value === "" ? null : value === "draft" ? "draft" : Number(value) })
      }
    />
  );
}

/** How far people have been moved. */
function Moving({ version, total, taken }: { version: number; total: number; taken: number }) {
  const { t } = useTranslation("versions");
  const format = useFormat();
  const share = total > 0 ? (100 * taken) / total : 100;
  return (
    <Alert color="blue" role="status">
      <Stack gap={6}>
        <Text size="sm">{t("moving", { version, taken: format.number(taken), total: format.number(total) })}</Text>
        <Progress value={share} aria-label={t("move.title", { version })} />
      </Stack>
    </Alert>
  );
}

/** Stops what is under way; who was moved stays so. */
function CancelMove({ automation }: { automation: number }) {
  const { t } = useTranslation("versions");
  const { mutateAsync, isPending } = useCancelMove(automation);
  const cancel = () =>
    tellOutcome(mutateAsync(), ({ stayed }) => toastDone({ message: t("move.cancelled", { count: stayed }) }));
  return (
    <Button variant="default" leftSection={<IconPlayerStop size={16} />} loading={isPending} onClick={cancel}>
      {t("move.cancel")}
    </Button>
  );
}

function numberOf(name: VersionName | null): number | null {
  return typeof name === "number" ? name : null;
}
