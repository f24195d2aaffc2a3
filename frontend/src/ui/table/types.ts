import type { ReactNode } from "react";

export interface Column<T> {
  key: string;
  header: string;
  /** The header is only read out, not shown. */
  hideHeader?: boolean;
  cell: (row: T) => ReactNode;
  /** The server's name of the order by this column; without it the column cannot be sorted. */
  sort?: string;
  /** Numbers stand at the right. */
  align?: "right";
  width?: number | string;
  /** Left out on narrower screens. */
  hideBelow?: "xs" | "sm" | "md" | "lg" | "xl";
}

export interface Selection {
  chosen: ReadonlySet<number>;
  toggle: (id: number) => void;
  setAll: (ids: number[]) => void;
  labelOf: (id: number) => string;
}

/** "SCORE" is ascending, "-SCORE" descending. */
export function nextSort(current: string, column: string, firstDescending = false): string {
  if (current === column) return `-${column}`;
  if (current === `-${column}`) return column;
  return firstDescending ? `-${column}` : column;
}
