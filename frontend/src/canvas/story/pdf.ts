/** The words and the picture of an automation as one PDF file. Heavy: only for who asks for it. */

import pdfmake from "pdfmake/build/pdfmake";
import bold from "pdfmake/fonts/Roboto/Roboto-Medium.ttf?url";
import normal from "pdfmake/fonts/Roboto/Roboto-Regular.ttf?url";

import type { GroupedLine } from "@/flow/told";

import type { Picture } from "./svg";

/** In points: A4, its margins, and the longest side that a page may have. */
const A4 = { width: 595, height: 842 };
const MARGIN = 48;
const LONGEST = 14_400;
/** A letter of the picture is as large on its page as one of the words. */
const SCALE = 0.75;
const INDENT = 16;
/** Beneath what is in a group, as in the picture. */
const GROUP = "#eff0fb";

interface Told {
  readonly name: string;
  readonly language: string;
  readonly lines: readonly GroupedLine[];
  readonly picture: Picture;
}

/** Text and lines are kept as such: sharp at any size, and found by a search. Hands the file to the browser. */
export function savePdf({ name, language, lines, picture }: Told): Promise<void> {
  pdfmake.setFonts({ Roboto: { normal: here(normal), bold: here(bold) } });
  const made = pdfmake.createPdf({
    pageSize: "A4",
    pageMargins: MARGIN,
    language,
    info: { title: name, creator: "Cadenza" },
    defaultStyle: { fontSize: 11, lineHeight: 1.35 },
    footer: (page, pages) => ({
      text: `${name} · ${String(page)} / ${String(pages)}`,
      fontSize: 9,
      color: "#6a6a77",
      margin: [MARGIN, 12],
    }),
    content: [
      { text: name, fontSize: 20, bold: true, margin: [0, 0, 0, 12] },
      ...lines.map(({ depth, node, text, part }, index) => ({
        text: part === "inside" ? { text, background: GROUP } : text,
        bold: index === 0 || part === "heading",
        color: node === null ? "#52525e" : "#1b1b21",
        margin: [depth * INDENT, part === "heading" ? 6 : 0, 0, 3] as [number, number, number, number],
      })),
      drawn(picture),
    ],
  });
  return made.download(`${name}.pdf`);
}

/** A page of its own for the picture, as large as it takes to read it. */
function drawn({ svg, width, height }: Picture) {
  const scale = Math.min(SCALE, (LONGEST - 2 * MARGIN) / Math.max(width, height));
  const [across, down] = [width * scale, height * scale];
  return {
    section: [{ svg, width: across, height: down }],
    pageSize: { width: Math.max(A4.width, across + 2 * MARGIN), height: Math.max(A4.height, down + 2 * MARGIN + 1) },
  };
}

/** Fonts are fetched by their whole address. */
function here(file: string): string {
  return new URL(file, window.location.href).href;
}
