import { Text } from "@mantine/core";
import type { Editor } from "grapesjs";
import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";

import { useEventProperties, useVocabulary } from "@/api/vocabulary";
import { useLanguage } from "@/i18n/useLanguage";

import { type Blocks, startBlocks } from "./blocks";
import classes from "./editor.module.css";
import { messagesOf } from "./messages";
import { namesOfEvents } from "./places";

interface BlockEditorProps {
  source: string;
  onChange: (source: string) => void;
  /** Called with what tells at once of all that was changed; with null when that is over. */
  onReady: (settle: (() => Promise<void>) | null) => void;
}

/** Puts a mail together from blocks. What it shows comes from `source` once; afterwards it only tells of changes. */
export function BlockEditor({ source, onChange, onReady }: BlockEditorProps) {
  const { t } = useTranslation("mail");
  const language = useLanguage();
  const attributes = useVocabulary().data?.attributes;
  const events = useEventProperties().data;
  const [canvas, blocks, settings] = [useRef<HTMLDivElement>(null), useRef<HTMLDivElement>(null), useRef<HTMLDivElement>(null)];
  const [chosen, setChosen] = useState(false);
  const first = useRef(source);
  const told = useRef({ onChange, onReady });
  const [offer, setOffer] = useState<Blocks["offer"]>();
  useEffect(() => {
    told.current = { onChange, onReady };
  });
  // What contacts and events have may come late, or never: no reason to wait with the editor, or to begin it anew.
  useEffect(() => {
    offer?.({
      [t("placeholder.ofContact")]: (attributes ?? []).map(({ name }) => `contact.${name}`),
      [t("placeholder.ofEvent")]: namesOfEvents(events ?? []),
    });
  }, [offer, attributes, events, t]);
  useEffect(() => {
    let editor: Editor | undefined;
    let gone = false;
    const start = async () => {
      const messages = await messagesOf(language);
      if (gone || !canvas.current || !blocks.current || !settings.current) return;
      const made = startBlocks({
        places: { canvas: canvas.current, blocks: blocks.current, settings: settings.current },
        source: first.current,
        language,
        messages,
        t,
        onChange: (text) => {
          first.current = text;
          told.current.onChange(text);
        },
      });
      editor = made.editor;
      setOffer(() => made.offer);
      told.current.onReady(made.settle);
      editor.on("component:selected component:deselected", () => setChosen(Boolean(editor?.getSelected())));
    };
    void start();
    return () => {
      gone = true;
      setOffer(undefined);
      told.current.onReady(null);
      editor?.destroy();
    };
  }, [language, t, canvas, blocks, settings]);
  return (
    <div className={classes["blocks"]}>
      <aside className={classes["palette"]} aria-label={t("blocks")}>
        <div ref={blocks} />
      </aside>
      <div className={classes["canvas"]} ref={canvas} />
      <aside className={classes["settings"]} aria-label={t("settings")} data-chosen={chosen}>
        {!chosen && (
          <Text size="sm" c="dimmed" p="md">
            {t("chooseBlock")}
          </Text>
        )}
        <div ref={settings} hidden={!chosen} />
      </aside>
    </div>
  );
}
