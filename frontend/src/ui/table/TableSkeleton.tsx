import { Skeleton, Table } from "@mantine/core";

import type { Column } from "./types";

const lines = [0, 1, 2, 3, 4, 5, 6, 7];

/** Grey rows with the columns of the table to come. */
export function TableSkeleton<T>({ columns, checkbox }: { columns: Column<T>[]; checkbox: boolean }) {
  return lines.map((line) => (
    <Table.Tr key={line}>
      {checkbox && <Table.Td />}
      {columns.map((column, index) => (
        <Table.Td key={column.key} data-align={column.align} data-hide-below={column.hideBelow}>
          <Skeleton height={12} width={index === 0 ? "70%" : "45%"} display="inline-block" />
        </Table.Td>
      ))}
    </Table.Tr>
  ));
}
