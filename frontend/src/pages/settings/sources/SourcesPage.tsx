import { Button, Code, CopyButton, Group, Switch, Text } from "@mantine/core";
import { IconCheck, IconCopy, IconPlugConnected, IconPlus } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { useDeleteSource, useRollSource, useSources, useSwitchSource } from "@/api/sources";
import type { Source } from "@/api/types";
import { useConfirm } from "@/ui/actions/useConfirm";
import { Pill } from "@/ui/badge/Pill";
import { Card } from "@/ui/card/Card";
import { EmptyState } from "@/ui/feedback/EmptyState";
import { Loaded } from "@/ui/feedback/Loaded";
import { SkeletonRows } from "@/ui/feedback/SkeletonRows";
import { toastProblem } from "@/ui/feedback/toast";
import { ItemRow } from "@/ui/list/ItemRow";
import { RelativeTime } from "@/ui/time/RelativeTime";

import { SectionHead } from "../SectionHead";
import { NewSourcePanel } from "./NewSourcePanel";
import { SourcePanel } from "./SourcePanel";

/** Streams of events by Segment's protocol, each with its write key and what it sent last. */
export default function SourcesPage() {
  const { t } = useTranslation(["doors", "settings"]);
  const [open, setOpen] = useState<Source | "new" | null>(null);
  const add = (
    <Button leftSection={<IconPlus size={16} />} onClick={() => setOpen("new")}>
      {t("sources.new")}
    </Button>
  );
  return (
    <>
      <SectionHead title={t("settings:section.sources")} body={t("sources.body")} action={add} />
      <Loaded query={useSources()} skeleton={<SkeletonRows count={2} />}>
        {({ items }) =>
          items.length === 0 ? (
            <EmptyState icon={<IconPlugConnected size={22} />} title={t("sources.none")} body={t("sources.noneBody")} />
          ) : (
            <Card flush>
              {items.map((source) => (
                <SourceRow key={source.id} source={source} onOpen={() => setOpen(source)} />
              ))}
            </Card>
          )
        }
      </Loaded>
      <NewSourcePanel opened={open === "new"} onClose={() => setOpen(null)} />
      <SourcePanel source={open === "new" ? null : open} onClose={() => setOpen(null)} />
    </>
  );
}

function SourceRow({ source, onOpen }: { source: Source; onOpen: () => void }) {
  const { t } = useTranslation("doors");
  const turn = useSwitchSource();
  return (
    <ItemRow>
      <Group gap="xs">
        <Text fw={550}>{source.name}</Text>
        <Pill dot={false}>{t(`sources.kinds.${source.kind}`)}</Pill>
        <Seen source={source} />
      </Group>
      <Group gap="xs" mt="xs">
        <Text size="sm" c="dimmed">
          {t("sources.host")} <Code>{source.host}</Code>
        </Text>
        <Text size="sm" c="dimmed">
          {t("sources.key")} <Code style={{ overflowWrap: "anywhere" }}>{source.key}</Code>
        </Text>
        <CopyButton value={source.key}>
          {({ copied, copy }) => (
            <Button
              variant="default"
              size="compact-sm"
              leftSection={copied ? <IconCheck size={14} /> : <IconCopy size={14} />}
              onClick={copy}
              aria-live="polite"
            >
              {copied ? t("sources.copied") : t("sources.copyKey")}
            </Button>
          )}
        </CopyButton>
      </Group>
      <Group gap="xs" mt="xs" justify="space-between">
        <Switch
          size="xs"
          label={t("sources.on")}
          checked={source.enabled}
          disabled={turn.isPending}
          onChange={({ currentTarget }) => turn.mutate({ id: source.id, enabled: currentTarget.checked }, { onError: toastProblem })}
        />
        <Deeds source={source} onOpen={onOpen} />
      </Group>
    </ItemRow>
  );
}

function Deeds({ source: { id, name }, onOpen }: { source: Source; onOpen: () => void }) {
  const { t } = useTranslation(["doors", "common"]);
  const confirm = useConfirm();
  const roll = useRollSource();
  const remove = useDeleteSource();
  const askRoll = () =>
    confirm({
      title: t("sources.rollTitle", { name }),
      body: t("sources.rollBody"),
      verb: t("sources.rollVerb"),
      onConfirm: () => roll.mutate(id, { onError: toastProblem }),
    });
  const askDelete = () =>
    confirm({
      title: t("sources.deleteTitle", { name }),
      body: t("sources.deleteBody"),
      verb: t("common:delete"),
      onConfirm: () => remove.mutate(id, { onError: toastProblem }),
    });
  return (
    <Group gap={4}>
      <Button variant="light" size="compact-sm" onClick={onOpen}>
        {t("sources.open")}
      </Button>
      <Button variant="subtle" size="compact-sm" onClick={askRoll}>
        {t("sources.roll")}
      </Button>
      <Button
        variant="subtle"
        color="red"
        size="compact-sm"
        onClick={askDelete}
        aria-label={t("sources.deleteLabel", { name })}
      >
        {t("common:delete")}
      </Button>
    </Group>
  );
}

function Seen({ source: { enabled, seen_at } }: { source: Source }) {
  const { t } = useTranslation("doors");
  if (!enabled) return <Pill tone="warn">{t("sources.off")}</Pill>;
  if (seen_at === null) return <Pill>{t("sources.unseen")}</Pill>;
  return (
    <Pill tone="ok">
      {t("sources.seen")} <RelativeTime at={seen_at} />
    </Pill>
  );
}
