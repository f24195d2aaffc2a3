import { Table, UnstyledButton } from "@mantine/core";
import { IconArrowDown, IconArrowUp } from "@tabler/icons-react";

import classes from "./DataTable.module.css";
import { type Column, nextSort } from "./types";

interface HeaderCellProps<T> {
  column: Column<T>;
  sort: string;
  onSort: ((sort: string) => void) | undefined;
}

function directionOf(sort: string, key: string | undefined): "ascending" | "descending" | "none" {
  if (key && sort === key) return "ascending";
  return key && sort === `-${key}` ? "descending" : "none";
}

/** A column's head; a button when the list can be sorted by it. Numbers begin with the highest. */
export function HeaderCell<T>({ column, sort, onSort }: HeaderCellProps<T>) {
  const { sort: by, header, hideHeader, align, width, hideBelow } = column;
  const direction = directionOf(sort, by);
  const Arrow = direction === "ascending" ? IconArrowUp : IconArrowDown;
  const sortable = by !== undefined && onSort !== undefined;
  return (
    <Table.Th w={width} data-align={align} data-hide-below={hideBelow} aria-sort={sortable ? direction : undefined}>
      {sortable ? (
        <UnstyledButton
          className={classes["sort"]}
          data-sorted={direction !== "none"}
          onClick={() => onSort(nextSort(sort, by, align === "right"))}
        >
          {header}
          <Arrow size={13} aria-hidden />
        </UnstyledButton>
      ) : (
        <span className={hideHeader ? "visually-hidden" : undefined}>{header}</span>
      )}
    </Table.Th>
  );
}
