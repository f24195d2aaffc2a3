import { type Editor, grapesjs } from "grapesjs";
import wholeMjml from "grapesjs-mjml";
import type { TFunction } from "i18next";

import { indented, withEndTags } from "../mjml";

import "grapesjs/dist/css/grapes.min.css";

/** Where the parts of the block editor are drawn. */
export interface Places {
  canvas: HTMLElement;
  blocks: HTMLElement;
  settings: HTMLElement;
}

interface Options {
  places: Places;
  source: string;
  language: string;
  messages: Record<string, unknown>;
  t: TFunction<"mail">;
  onChange: (source: string) => void;
}

/** What is known of contacts and of events, by the title that it is offered under. */
export type Known = Readonly<Record<string, readonly string[]>>;

export interface Blocks {
  editor: Editor;
  /** Fills the menu of placeholders. */
  offer: (known: Known) => void;
  /** Ends the writing in a text, and tells at once of what was changed. */
  settle: () => Promise<void>;
}

// The package is typed as an ES module and is none: bundlers hand over the whole of it as its default.
const addMjml = (wholeMjml as unknown as { default: typeof wholeMjml }).default;

const offered = [
  "mj-1-column",
  "mj-2-columns",
  "mj-3-columns",
  "mj-text",
  "mj-button",
  "mj-image",
  "mj-divider",
  "mj-spacer",
  "mj-hero",
  "mj-raw",
] as const;
// A menu that nobody can search: what is beyond can be written.
const longestGroup = 200;
const noPicture =
  "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' width='600' height='240'%3E%3Crect width='600' height='240' fill='%23e6e6eb'/%3E%3C/svg%3E";

/** Draws the block editor with a mail in it; `onChange` hears of every change. */
export function startBlocks(options: Options): Blocks {
  const { places, language, messages, t } = options;
  const [what, how] = [document.createElement("div"), document.createElement("div")];
  places.settings.replaceChildren(what, how);
  const editor = grapesjs.init({
    container: places.canvas,
    components: withEndTags(options.source),
    height: "100%",
    width: "auto",
    storageManager: false,
    telemetry: false,
    cssIcons: "",
    noticeOnUnload: false,
    panels: { defaults: [] },
    assetManager: { upload: false },
    blockManager: { appendTo: places.blocks, appendOnClick: true },
    traitManager: { appendTo: what },
    styleManager: { appendTo: how },
    i18n: { locale: language, messages: { [language]: messages }, detectLocale: false },
    plugins: [
      (made: Editor) =>
        addMjml(made, {
          blocks: [...offered],
          block: (id) => ({ label: t(`block.${id as (typeof offered)[number]}`), category: "" }),
          imagePlaceholderSrc: noPicture,
          // A list of web fonts without any: else each mail would ask another host for one.
          fonts: { "no web font": "" },
          useCustomTheme: false,
          overwriteExport: false,
        }),
    ],
  });
  offerFooter(editor, t);
  const offer = offerPlaceholders(editor, t);
  keepSaveKey(editor);
  return { editor, offer, settle: tellChanges(editor, options.onChange) };
}

/** The editor tidies up, too: only another text is a change. */
function tellChanges(editor: Editor, onChange: (source: string) => void): () => Promise<void> {
  let last: string | undefined;
  const tell = () => {
    const now = editor.getHtml();
    if (last !== undefined && now !== last) onChange(indented(now));
    last = now;
  };
  editor.on("load", () => {
    last = editor.getHtml();
    editor.on("update", tell);
  });
  return async () => {
    const text = editor.getEditing()?.getView() as { disableEditing?: () => Promise<void> } | undefined;
    await text?.disableEditing?.();
    tell();
  };
}

function offerFooter(editor: Editor, t: TFunction<"mail">): void {
  editor.Blocks.add("footer", {
    label: t("block.footer"),
    media: '<svg viewBox="0 0 24 24"><path fill="currentColor" d="M3 5h18v10H3zm0 12h18v2H3z"/></svg>',
    content: `<mj-section><mj-column><mj-text align="center" font-size="12px" color="#6a6a77"><a href="{{ unsubscribe_link }}">${t("start.unsubscribe")}</a></mj-text></mj-column></mj-section>`,
  });
}

/** Adds a menu to the bar over a text that puts a placeholder where the cursor stands; returns what fills it. */
function offerPlaceholders(editor: Editor, t: TFunction<"mail">): Blocks["offer"] {
  const choice = document.createElement("select");
  choice.setAttribute("aria-label", t("placeholder.insert"));
  editor.RichTextEditor.add("placeholder", {
    icon: choice,
    event: "change",
    attributes: { title: t("placeholder.insert") },
    result: (text) => {
      if (choice.value) text.insertHTML(choice.value);
      choice.value = "";
    },
  });
  return (known) => {
    const groups = Object.entries(known).map(([label, names]) => {
      const group = Object.assign(document.createElement("optgroup"), { label });
      group.append(...names.slice(0, longestGroup).map((name) => new Option(name, `{{ ${name} | default("") }}`)));
      return group;
    });
    choice.replaceChildren(new Option("{{ }}", ""), ...groups);
  };
}

/** Keys pressed inside the mail reach this page as well; there, the browser's own "save" is to stay away. */
function keepSaveKey(editor: Editor): void {
  editor.on("canvas:frame:load", ({ window }: { window: Window }) =>
    window.addEventListener("keydown", (event) => {
      if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "s") event.preventDefault();
    }),
  );
}
