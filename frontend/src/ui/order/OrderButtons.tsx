import { IconArrowDown, IconArrowUp, IconTrash } from "@tabler/icons-react";

import { IconButton } from "@/ui/actions/IconButton";

import { moved } from "./moved";

interface OrderButtonsProps<T> {
  items: readonly T[];
  /** Where the one stands that the buttons belong to. */
  place: number;
  names: { up: string; down: string; remove: string };
  /** No shorter may the list become. */
  least?: number;
  onChange: (items: T[]) => void;
}

/** Moves one item of a list up or down, or takes it out; all by single clicks. */
export function OrderButtons<T>({ items, place, names, least = 0, onChange }: OrderButtonsProps<T>) {
  const move = (to: number) => onChange(moved(items, place, to));
  return (
    <>
      <IconButton name={names.up} size={34} disabled={place === 0} onClick={() => move(place - 1)}>
        <IconArrowUp size={16} />
      </IconButton>
      <IconButton name={names.down} size={34} disabled={place === items.length - 1} onClick={() => move(place + 1)}>
        <IconArrowDown size={16} />
      </IconButton>
      <IconButton
        name={names.remove}
        size={34}
        disabled={items.length <= least}
        onClick={() => onChange(items.filter((_, at) => at !== place))}
      >
        <IconTrash size={16} />
      </IconButton>
    </>
  );
}
