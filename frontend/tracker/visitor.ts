import { type Properties, randomId } from "./queue";

const key = "cdz_visitor";
/** What an address may carry to tell who comes. */
const parameters = ["cdz", "braze_id", "br_user_id"];
const longest = 2000;
const campaign = ["utm_source", "utm_medium", "utm_campaign", "utm_term", "utm_content"];

/** The name by which this browser is known to the site, made at its first visit. */
export function visitorOf(): string {
  const known = recall(key);
  if (known) return known;
  const made = randomId();
  remember(key, made);
  return made;
}

/** Keep what the visitor decided for the next pages. */
export function keepConsent(given: boolean) {
  remember("cdz_consent", given ? "yes" : "no");
}

/** Whether the visitor may be watched: as it asked its browser, and as it told the site. */
export function isTracked(needsConsent: boolean, heedsDoNotTrack: boolean): boolean {
  const told = recall("cdz_consent");
  if (told) return told === "yes";
  const asked = navigator.doNotTrack === "1" || ("globalPrivacyControl" in navigator && navigator.globalPrivacyControl === true);
  return !needsConsent && !(heedsDoNotTrack && asked);
}

export function linkOf(address: string): Record<string, string> {
  const { searchParams } = new URL(address);
  return Object.fromEntries(parameters.flatMap((name) => (searchParams.has(name) ? [[name, searchParams.get(name) ?? ""]] : [])));
}

/** An address without its query and fragment: a form sent by GET leaves there what was typed, secrets included. */
export function bare(address: string): string {
  return (address.split(/[?#]/u)[0] ?? "").slice(0, longest);
}

/** What is told of a page: its bare address, title, where from, and the campaign. */
export function pageOf(): Properties {
  const address = new URL(location.href);
  const named = campaign.flatMap((name) => {
    const value = address.searchParams.get(name);
    return value ? [[name, value.slice(0, 500)]] : [];
  });
  return {
    page: bare(address.href),
    path: address.pathname.slice(0, longest),
    title: document.title.slice(0, 500),
    referrer: bare(document.referrer),
    ...Object.fromEntries(named),
  };
}

/** What this page knows, where storage is forbidden: then each page is a visitor of its own. */
const here = new Map<string, string>();

export function recall(name: string): string | null {
  try {
    return localStorage.getItem(name) ?? here.get(name) ?? null;
  } catch {
    return here.get(name) ?? null;
  }
}

export function remember(name: string, value: string) {
  here.set(name, value);
  try {
    localStorage.setItem(name, value);
  } catch {
    // as above
  }
}
