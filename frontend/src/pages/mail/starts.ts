import type { TFunction } from "i18next";

import type { TemplateDraft } from "@/api/mailing";

import { indented } from "./mjml";

export const starts = ["welcome", "newsletter", "alert", "plain", "html"] as const;
export type Start = (typeof starts)[number];

type Words = TFunction<"mail">;

const ink = "#1b1b21";
const grey = "#52525e";

type Attributes = Record<string, string>;

const element = (tag: string, attributes: Attributes, inside: string) => {
  const written = Object.entries(attributes).map(([name, value]) => `${name}="${value}"`);
  return `<${[tag, ...written].join(" ")}>${inside}</${tag}>`;
};
const page = (background: string, sections: string[]) =>
  indented(element("mjml", {}, element("mj-body", { "background-color": background }, sections.join(""))));
const section = (attributes: Attributes, ...columns: string[]) =>
  element("mj-section", attributes, columns.map((items) => element("mj-column", {}, items)).join(""));
const text = (words: string, attributes: Attributes = {}) =>
  element("mj-text", { "font-size": "16px", "line-height": "1.6", color: grey, ...attributes }, words);
const heading = (words: string, attributes: Attributes = {}) =>
  text(words, { "font-size": "28px", "line-height": "1.25", "font-weight": "700", color: ink, ...attributes });
const button = (words: string, colour: string, attributes: Attributes = {}) =>
  element(
    "mj-button",
    {
      href: "https://example.com",
      align: "left",
      "background-color": colour,
      "border-radius": "8px",
      "font-size": "16px",
      "inner-padding": "14px 28px",
      ...attributes,
    },
    words,
  );
const footer = (t: Words) =>
  section(
    { padding: "8px 0 32px" },
    text(
      `${t("start.because")} <a href="{{ unsubscribe_link }}" style="color:#6a6a77">${t("start.unsubscribe")}</a>`,
      { align: "center", "font-size": "12px", color: "#6a6a77" },
    ),
  );

const somebody = (t: Words) => `{{ contact.FIRSTNAME | default("${t("start.there")}") }}`;

function welcome(t: Words): string {
  return page("#eef0ff", [
    section(
      { "background-color": "#4a50d2", "border-radius": "16px 16px 0 0", padding: "48px 24px" },
      [
        heading(t("start.welcome.title"), { color: "#ffffff", align: "center", "font-size": "34px" }),
        text(t("start.welcome.lead"), { color: "#d9dcff", align: "center" }),
      ].join(""),
    ),
    section(
      { "background-color": "#ffffff", "border-radius": "0 0 16px 16px", padding: "32px 16px" },
      [
        text(t("start.greeting", { name: somebody(t) })),
        text(t("start.welcome.body")),
        button(t("start.welcome.button"), "#4a50d2"),
      ].join(""),
    ),
    footer(t),
  ]);
}

function newsletter(t: Words): string {
  const story = (number: 1 | 2) =>
    [
      heading(t(`start.newsletter.story${number}`), { "font-size": "19px" }),
      text(t("start.newsletter.words"), { "font-size": "15px" }),
      button(t("start.newsletter.more"), "#0d7a5f", { "inner-padding": "10px 18px", "font-size": "14px" }),
    ].join("");
  return page("#f1f5f3", [
    section({ padding: "28px 0 8px" }, text(t("start.newsletter.issue"), { align: "center", "font-weight": "600", color: "#0d7a5f" })),
    section(
      { "background-color": "#0d7a5f", "border-radius": "16px", padding: "40px 16px" },
      [
        heading(t("start.newsletter.title"), { color: "#ffffff" }),
        text(t("start.newsletter.lead"), { color: "#d5efe6" }),
      ].join(""),
    ),
    section({ padding: "8px 0" }, element("mj-spacer", { height: "4px" }, "")),
    section({ "background-color": "#ffffff", "border-radius": "16px", padding: "24px 4px" }, story(1), story(2)),
    footer(t),
  ]);
}

function alert(t: Words): string {
  return page("#fafafb", [
    section(
      { "background-color": "#ffffff", border: "1px solid #e6e6eb", "border-radius": "12px", padding: "28px 12px" },
      [
        text(t("start.alert.mark"), { "font-size": "13px", "font-weight": "700", color: "#8f5a00" }),
        heading(t("start.alert.title"), { "font-size": "24px" }),
        text(t("start.greeting", { name: somebody(t) })),
        text(t("start.alert.body")),
        button(t("start.alert.button"), "#1b1b21"),
      ].join(""),
    ),
    footer(t),
  ]);
}

function plain(t: Words): string {
  return page("#ffffff", [
    section(
      { padding: "24px 0" },
      [text(t("start.greeting", { name: somebody(t) })), text(t("start.plain.body")), text(t("start.plain.closing"))].join(""),
    ),
    footer(t),
  ]);
}

function html(t: Words): string {
  return `<!doctype html>
<html>
  <body style="margin:0;padding:32px;font:16px/1.6 sans-serif;color:${ink}">
    <p>${t("start.greeting", { name: somebody(t) })}</p>
    <p>${t("start.plain.body")}</p>
    <p style="font-size:12px"><a href="{{ unsubscribe_link }}">${t("start.unsubscribe")}</a></p>
  </body>
</html>
`;
}

const sources: Record<Start, (t: Words) => string> = { welcome, newsletter, alert, plain, html };

export function isStart(name: string | null): name is Start {
  return starts.some((start) => start === name);
}

/** A template to begin from, in the language of the screen. */
export function draftOf(start: Start, t: Words): TemplateDraft {
  return {
    name: t(`start.${start}.name`),
    subject: t(`start.${start}.subject`, { name: somebody(t) }),
    preheader: "",
    format: start === "html" ? "html" : "mjml",
    source: sources[start](t),
  };
}
