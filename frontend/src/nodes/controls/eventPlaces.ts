import type { EventPlace } from "@/api/types";

const PLAIN = /^[A-Za-z_]\w*$/;
const PLACE = /\{\{\s*event(?:\.([A-Za-z_]\w*)|\[\s*\\?["']([^"'\\\]]+)\\?["']\s*\])\s*\}\}/g;

/** What a text says to ask the event for a property; a name that no dot can be before stands in brackets. */
export function eventPlace(name: string): string {
  return PLAIN.test(name) ? `event.${name}` : `event['${name}']`;
}

/** Whether a place asks the event, and not the contact. */
export function isOfEvent(place: string): boolean {
  return place.startsWith("event.");
}

/** The text as the latest event would fill it in; null where it asks nothing that is known of one. */
export function withExamples(text: string, places: readonly EventPlace[]): string | null {
  const known = new Map(places.map(({ name, example }) => [name, example]));
  const filled = text.replaceAll(PLACE, (place, plain?: string, quoted?: string) => {
    return known.get(plain ?? quoted ?? "") || place;
  });
  return filled === text ? null : filled;
}
