import { useComputedColorScheme } from "@mantine/core";
import { html } from "@codemirror/lang-html";
import CodeMirror, { EditorView } from "@uiw/react-codemirror";
import { useTranslation } from "react-i18next";

import classes from "./editor.module.css";

const language = html({ matchClosingTags: false, selfClosingTags: true });

interface CodeEditorProps {
  source: string;
  readOnly: boolean;
  onChange: (source: string) => void;
}

/** The source of a mail as text. Tab leaves it, so that the keyboard is not caught. */
export function CodeEditor({ source, readOnly, onChange }: CodeEditorProps) {
  const { t } = useTranslation("mail");
  return (
    <CodeMirror
      className={classes["code"] ?? ""}
      height="100%"
      value={source}
      theme={useComputedColorScheme()}
      indentWithTab={false}
      readOnly={readOnly}
      extensions={[language, EditorView.lineWrapping, EditorView.contentAttributes.of({ "aria-label": t("source") })]}
      onChange={onChange}
    />
  );
}
