import { Table, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";

import type { ImportPreview } from "@/api/types";

import classes from "./ContactImport.module.css";
import { type Matching, usedTwice } from "./matching";
import { TargetSelect } from "./TargetSelect";

/** Enough to recognise a column by. */
const shownRows = 8;

interface MatchTableProps {
  preview: ImportPreview;
  matching: Matching;
  onMatch: (column: number, target: string) => void;
}

/** The file's columns with their first values, each under the choice of where it goes. */
export function MatchTable({ preview, matching, onMatch }: MatchTableProps) {
  const { t } = useTranslation("imports");
  const twice = usedTwice(matching);
  const skipped = (index: number) => matching[index] === "skip";
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reachable by keyboard
    <section className={classes["scroll"]} aria-label={t("match.columns")} tabIndex={0}>
      <Table>
        <Table.Thead>
          <Table.Tr>
            {preview.columns.map((column) => {
              const { index, header } = column;
              const target = matching[index] ?? "skip";
              const isTwice = twice.has(target.split(":").slice(0, 2).join(":"));
              return (
                <Table.Th key={index} data-skipped={skipped(index)}>
                  <Text fw={600} size="sm" mb={6}>
                    {header || t("match.unnamed", { number: index + 1 })}
                  </Text>
                  <TargetSelect
                    column={column}
                    target={target}
                    error={isTwice && t("match.usedTwice")}
                    onChange={(chosen) => onMatch(index, chosen)}
                  />
                </Table.Th>
              );
            })}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {preview.preview_rows.slice(0, shownRows).map((row, line) => (
            // oxlint-disable-next-line react/no-array-index-key -- a row of a file is its line
            <Table.Tr key={line}>
              {preview.columns.map(({ index }) => (
                <Table.Td key={index} data-skipped={skipped(index)}>
                  {row[index]}
                </Table.Td>
              ))}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </section>
  );
}
