import type { Properties } from "./queue";

const key = "cdz_visitor";
/** What an address may carry to tell who comes. */
const parameters = ["cdz", "braze_id", "br_user_id"];
const longest = 2000;
const campaign = ["utm_source", "utm_medium", "utm_campaign", "utm_term", "utm_content"];

/** The name by which this browser is known to the site, made at its first visit. */
export function visitorOf(): string {
  const known = read(key);
  if (known) return known;
  const bytes = crypto.getRandomValues(new Uint8Array(18));
  const made = btoa(String.fromCodePoint(...bytes)).replaceAll("+", "-").replaceAll("/", "_");
  write(key, made);
  return made;
}

/** Whether the visitor may be watched: as it asked its browser, and as it told the site. */
export function isTracked(needsConsent: boolean, heedsDoNotTrack: boolean): boolean {
  const told = read("cdz_consent");
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

/** Storage may be forbidden: then each page is a visitor of its own. */
function read(name: string): string | null {
  try {
    return localStorage.getItem(name);
  } catch {
    return null;
  }
}

function write(name: string, value: string) {
  try {
    localStorage.setItem(name, value);
  } catch {
    // as above
  }
}
