import { Table } from "@mantine/core";
import type { ReactNode } from "react";

import classes from "./OperationsPage.module.css";

interface FiguresProps {
  label: string;
  head: string[];
  /** Each with a key, then one cell a column. */
  rows: { key: string | number; cells: ReactNode[] }[];
}

/** A small table: names at the left, figures at the right. */
export function Figures({ label, head, rows }: FiguresProps) {
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reachable by keyboard
    <div className={classes["scroll"]} role="group" aria-label={label} tabIndex={0}>
      <Table className={classes["figures"] ?? ""} verticalSpacing={6} horizontalSpacing="md">
        <Table.Thead>
          <Table.Tr>
            {head.map((words) => (
              <Table.Th key={words}>{words}</Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {rows.map(({ key, cells }) => (
            <Table.Tr key={key}>
              {cells.map((cell, column) => (
                <Table.Td key={head[column]}>{cell}</Table.Td>
              ))}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </div>
  );
}
