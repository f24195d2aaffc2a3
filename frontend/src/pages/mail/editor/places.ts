const PLAIN = /^[A-Za-z_]\w*$/;

/** What a mail may ask of the event that let the contact in, by the names that events are known to have. */
export function namesOfEvents(known: readonly { properties: readonly string[] }[]): string[] {
  const names = known.flatMap(({ properties }) => properties).filter((name) => PLAIN.test(name));
  return [...new Set(["event_name", "event_time", ...names.toSorted()])].map((name) => `event.${name}`);
}
