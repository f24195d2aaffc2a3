import { Checkbox, Loader, Table } from "@mantine/core";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";

import classes from "./DataTable.module.css";
import { EndMark } from "./EndMark";
import { HeaderCell } from "./HeaderCell";
import { TableSkeleton } from "./TableSkeleton";
import type { Column, Selection } from "./types";

interface DataTableProps<T extends { id: number }> {
  /** What the table lists, for screen readers. */
  label: string;
  columns: Column<T>[];
  /** Undefined while the first page loads. */
  rows: T[] | undefined;
  sort?: string;
  onSort?: (sort: string) => void;
  selection?: Selection;
  onRowClick?: (row: T) => void;
  /** Called when the end of the rows comes into view and there are more. */
  onEnd?: (() => void) | undefined;
  loadingMore?: boolean;
  /** Rows of another filter are still shown while the new ones load. */
  stale?: boolean;
  empty?: ReactNode;
  /** The table scrolls inside its own box, under a head that stays. */
  fill?: boolean;
}

/** A table over a cursor-paged list: sorting, selection, skeleton, more rows as one scrolls. */
export function DataTable<T extends { id: number }>(props: DataTableProps<T>) {
  const { label, columns, rows, selection, onRowClick, onEnd, loadingMore, stale, empty, fill } = props;
  const { t } = useTranslation();
  if (rows?.length === 0 && empty) return empty;
  const ids = rows?.map((row) => row.id) ?? [];
  const chosenHere = ids.filter((id) => selection?.chosen.has(id)).length;
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reachable by keyboard
    <section className={classes["box"]} data-fill={fill} data-stale={stale} aria-label={label} tabIndex={0}>
      <Table className={classes["table"] ?? ""} highlightOnHover={Boolean(onRowClick)} aria-busy={!rows}>
        <Table.Thead>
          <Table.Tr>
            {selection && (
              <Table.Th className={classes["check"] ?? ""}>
                <Checkbox
                  size="xs"
                  aria-label={t("table.selectAll")}
                  checked={chosenHere > 0 && chosenHere === ids.length}
                  indeterminate={chosenHere > 0 && chosenHere < ids.length}
                  onChange={() => selection.setAll(chosenHere === ids.length ? [] : ids)}
                />
              </Table.Th>
            )}
            {columns.map((column) => (
              <HeaderCell key={column.key} column={column} sort={props.sort ?? ""} onSort={props.onSort} />
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {!rows && <TableSkeleton columns={columns} checkbox={Boolean(selection)} />}
          {rows?.map((row) => (
            <Table.Tr
              key={row.id}
              data-clickable={Boolean(onRowClick)}
              data-chosen={selection?.chosen.has(row.id)}
              onClick={onRowClick && (() => onRowClick(row))}
            >
              {selection && (
                <Table.Td className={classes["check"] ?? ""} onClick={(event) => event.stopPropagation()}>
                  <Checkbox
                    size="xs"
                    aria-label={t("table.select", { name: selection.labelOf(row.id) })}
                    checked={selection.chosen.has(row.id)}
                    onChange={() => selection.toggle(row.id)}
                  />
                </Table.Td>
              )}
              {columns.map((column) => (
                <Table.Td key={column.key} data-align={column.align} data-hide-below={column.hideBelow}>
                  {column.cell(row)}
                </Table.Td>
              ))}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
      {onEnd && <EndMark key={rows?.length} onSeen={onEnd} />}
      {loadingMore && (
        <div className={classes["more"]}>
          <Loader size="sm" type="dots" />
        </div>
      )}
    </section>
  );
}
