import { Anchor, Modal, Skeleton, Stack, Text } from "@mantine/core";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";

import { type Replay, type ReplayRow, useReplayedPeople } from "@/api/replays";
import { useEditorScope } from "@/canvas/state/EditorContext";
import { useFormat } from "@/ui/format";

import classes from "./rehearse.module.css";

const sides = ["draft", "live", "happened"] as const;
const figures = ["entered", "people", "refused", "inside", "left", "failed", "messages", "assignments", "alerts", "tasks", "calls"] as const;
const differences = ["only_draft", "only_live", "elsewhere"] as const;

interface Wanted {
  readonly key: string;
  readonly title: string;
}

/** Draft, live version and life beside each other; any number opens its people. */
export function ReplayTable({ replay }: { replay: Replay }) {
  const { t } = useTranslation("rehearsals");
  const [wanted, setWanted] = useState<Wanted | null>(null);
  const rows = new Map(replay.figures.map((row) => [row.key, row]));
  const shown = figures.flatMap((key) => rows.get(key) ?? []);
  const differing = differences.filter((key) => replay.differences[key] !== undefined);
  return (
    <Stack gap="md">
      {differing.length > 0 && (
        <ul className={classes["differences"]}>
          {differing.map((key) => (
            <li key={key}>
              <span>{t(`replay.difference.${key}`)}</span>
              <Count value={replay.differences[key] ?? 0} onClick={() => setWanted({ key, title: t(`replay.difference.${key}`) })} />
            </li>
          ))}
        </ul>
      )}
      <Table title={t("replay.figures")} rows={shown} name={(row) => t(`replay.figure.${row.key as (typeof figures)[number]}`)} onWant={setWanted} />
      <Table title={t("replay.ways")} rows={replay.ways} name={(row) => (row.way ? `${row.title} – ${row.way}` : row.title)} onWant={setWanted} />
      {replay.pressure.length > 0 && (
        <Table title={t("replay.pressure")} rows={replay.pressure} name={(row) => t("replay.messages", { count: Number(row.title) })} onWant={setWanted} />
      )}
      <Modal opened={wanted !== null} onClose={() => setWanted(null)} title={wanted?.title ?? ""} closeButtonProps={{ "aria-label": t("close") }}>
        {wanted && <People replay={replay.id} wanted={wanted} />}
      </Modal>
    </Stack>
  );
}

interface TableProps {
  title: string;
  rows: readonly ReplayRow[];
  name: (row: ReplayRow) => string;
  onWant: (wanted: Wanted) => void;
}

function Table({ title, rows, name, onWant }: TableProps): ReactNode {
  const { t } = useTranslation("rehearsals");
  const format = useFormat();
  return (
    <table className={classes["figures"]}>
      <caption>{title}</caption>
      <thead>
        <tr>
          <th scope="col">
            <span className="visually-hidden">{title}</span>
          </th>
          {sides.map((side) => (
            <th key={side} scope="col">
              {t(`replay.side.${side}`)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.key} data-differs={(row.live !== null && row.live !== row.draft) || undefined}>
            <th scope="row">{name(row)}</th>
            {sides.map((side) => (
              <td key={side} className="tabular">
                <Count
                  value={row[side]}
                  without={t(side === "happened" ? "replay.notKnown" : "replay.notLive")}
                  onClick={() => onWant({ key: `${side}:${row.key}`, title: format.named(t(`replay.side.${side}`), name(row)) })}
                />
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

interface CountProps {
  value: number | null;
  /** Why there is no number. */
  without?: string;
  onClick: () => void;
}

function Count({ value, without, onClick }: CountProps) {
  const format = useFormat();
  if (value === null)
    return (
      <span role="img" aria-label={without} title={without}>
        –
      </span>
    );
  if (value === 0) return <span>0</span>;
  return (
    <Anchor component="button" type="button" inherit onClick={onClick}>
      {format.number(value)}
    </Anchor>
  );
}

function People({ replay, wanted }: { replay: number; wanted: Wanted }) {
  const { t } = useTranslation("rehearsals");
  const { automation } = useEditorScope();
  const { data } = useReplayedPeople(automation, replay, wanted.key);
  if (!data) return <Skeleton height={48} />;
  return (
    <Stack gap={6}>
      <Text size="sm" c="dimmed">
        {t(data.more ? "replay.first" : "replay.people", { count: data.items.length })}
      </Text>
      {data.items.map((person) => (
        <Anchor key={person.id} component={Link} to={`/contacts/${String(person.id)}`}>
          {person.name}
        </Anchor>
      ))}
    </Stack>
  );
}
