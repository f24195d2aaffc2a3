/** How a text message goes through the network: see `nodes/sms.py`, which this follows. */
export interface SmsLength {
  encoding: "GSM-7" | "UCS-2";
  units: number;
  parts: number;
  /** How many units still fit into the last part. */
  left: number;
}

const basic = new Set(
  "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà",
);
const extended = new Set("^{}\\[~]|€\f");
const room = { "GSM-7": [160, 153], "UCS-2": [70, 67] } as const;

export function lengthOf(text: string): SmsLength {
  const letters = Array.from(text);
  const encoding = letters.every((each) => basic.has(each) || extended.has(each)) ? "GSM-7" : "UCS-2";
  const sizeOf = (letter: string) => (encoding === "UCS-2" ? letter.length : extended.has(letter) ? 2 : 1);
  const units = letters.reduce((sum, each) => sum + sizeOf(each), 0);
  const [single, several] = room[encoding];
  if (units <= single) return { encoding, units, parts: 1, left: single - units };
  let parts = 1;
  let left: number = several;
  for (const size of letters.map(sizeOf)) {
    if (size > left) {
      parts += 1;
      left = several;
    }
    left -= size;
  }
  return { encoding, units, parts, left };
}

const longest = 1600;
const longestMark = 48;
const address = /https?:\/\/[^\s<>"]+/gu;
const endOfSentence = /[.,;:!?)\]}'»]+$/u;

/** The text as long as it leaves: pages of these domains say who comes by their address. */
export function asSent(text: string, domains: readonly string[]): string {
  let spare = longest - Array.from(text).length;
  return text.replace(address, (found) => {
    const written = found.replace(endOfSentence, "");
    if (!isOf(domains, written) || longestMark > spare) return found;
    spare -= longestMark;
    return written + "x".repeat(longestMark) + found.slice(written.length);
  });
}

function isOf(domains: readonly string[], written: string): boolean {
  if (!URL.canParse(written)) return false;
  const { host, hostname } = new URL(written);
  return domains.some((each) => each === host || each === hostname || (!each.includes(":") && hostname.endsWith(`.${each}`)));
}

/** Whether the text becomes longer or shorter for each contact. */
export const isFilledIn = (text: string) => /\{[{%]/u.test(text);
