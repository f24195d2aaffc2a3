/** The product's letters as a style for a picture: an image, or a file, has no letters but those it brings. */

import cyrillic from "@fontsource-variable/inter/files/inter-cyrillic-wght-normal.woff2?url";
import latinExt from "@fontsource-variable/inter/files/inter-latin-ext-wght-normal.woff2?url";
import latin from "@fontsource-variable/inter/files/inter-latin-wght-normal.woff2?url";

import { FAMILY } from "./svg";

/** Each file with the letters that it alone has, as the style of the product parts them. */
const files = [
  { file: latin, range: "U+0000-00FF,U+2000-206F,U+20AC,U+2122,U+2190-2193,U+2212,U+FEFF", among: /./u },
  { file: latinExt, range: "U+0100-02BA,U+1E00-1E9F,U+1EF2-1EFF", among: /[\u0100-\u02ba\u1e00-\u1eff]/u },
  { file: cyrillic, range: "U+0301,U+0400-045F,U+0490-0491,U+04B0-04B1,U+2116", among: /[\u0400-\u045f\u0490\u0491\u2116]/u },
] as const;

export type Letters = (typeof files)[number];

/** Those that these words need. */
export function lettersIn(words: string): readonly Letters[] {
  return files.filter(({ among }) => among.test(words));
}

/** The style sheet that holds them. */
export async function fetchLetters(needed: readonly Letters[]): Promise<string> {
  const faces = await Promise.all(
    needed.map(async ({ file, range }) => {
      const answer = await fetch(file);
      if (!answer.ok) throw new Error(`no letters: ${String(answer.status)}`);
      const held = inText(new Uint8Array(await answer.arrayBuffer()));
      const source = `url(data:font/woff2;base64,${held}) format("woff2")`;
      return `@font-face{font-family:${FAMILY};font-weight:100 900;src:${source};unicode-range:${range}}`;
    }),
  );
  return faces.join("");
}

/** The picture with a style of its own. */
export function styled(svg: string, style: string): string {
  return svg.replace("</title>", `</title><style>${style}</style>`);
}

function inText(bytes: Uint8Array): string {
  return btoa(Array.from(bytes, (byte) => String.fromCodePoint(byte)).join(""));
}
