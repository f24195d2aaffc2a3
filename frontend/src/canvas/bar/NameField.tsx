import { TextInput } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { useDocument, useEditor, useVerbs } from "@/canvas/state/EditorContext";
import { hint } from "@/ui/hint/hint";

import classes from "./TopBar.module.css";

/** The automation's name, edited in place: Enter keeps, Esc reverts. */
export function NameField() {
  const { t } = useTranslation("editor");
  const { name } = useDocument();
  const readOnly = useEditor((state) => state.readOnly);
  const verbs = useVerbs();
  const [text, setText] = useState<string | null>(null);
  const keep = () => {
    const wanted = text?.trim() ?? "";
    if (wanted !== "" && wanted !== name) verbs.rename(wanted);
    setText(null);
  };
  if (text === null) {
    return (
      <h1 className={classes["heading"]} {...(readOnly && hint(name))}>
        <button
          type="button"
          className={classes["name"]}
          disabled={readOnly}
          onClick={() => setText(name)}
          data-rename
          {...(!readOnly && hint(t("bar.rename_named", { name })))}
        >
          {name}
        </button>
      </h1>
    );
  }
  return (
    <TextInput
      className={classes["rename"] ?? ""}
      aria-label={t("bar.name")}
      value={text}
      maxLength={200}
      autoFocus
      onFocus={(event) => event.currentTarget.select()}
      onChange={(event) => setText(event.currentTarget.value)}
      onBlur={keep}
      onKeyDown={(event) => {
        if (event.key === "Enter") keep();
        if (event.key === "Escape") setText(null);
      }}
    />
  );
}
