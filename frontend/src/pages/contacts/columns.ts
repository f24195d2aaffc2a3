import type { Attribute } from "@/api/types";

export const attributeKey = (name: string) => `attribute:${name}`;

const usual = ["SCORE", "COUNTRY"];

/** The attributes in the order of their columns: the score and the country first, then the others as they come. */
export function inColumnOrder(attributes: Attribute[]): Attribute[] {
  const place = ({ name }: Attribute) => (usual.includes(name) ? usual.indexOf(name) : usual.length);
  return attributes.toSorted((one, other) => place(one) - place(other));
}

/** What is shown before the user chose: the score and the country where there are such attributes, and who it belongs to. */
export function defaultColumns(attributes: Attribute[]): string[] {
  const names = new Set(attributes.map(({ name }) => name));
  return [...usual.filter((name) => names.has(name)).map(attributeKey), "owner", "company", "tags", "created_at"];
}

/** Shown keys after one is switched, in the order of all columns. */
export function toggled(all: string[], shown: string[], key: string): string[] {
  return all.filter((other) => (other === key ? !shown.includes(key) : shown.includes(other)));
}
