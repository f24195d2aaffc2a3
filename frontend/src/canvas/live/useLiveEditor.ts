import { useEffect, useState } from "react";

import { adopt } from "@/canvas/state/adopt";
import { createEditor, type Editor } from "@/canvas/state/store";
import type { AutomationDocument } from "@/flow/document";

/**
 * The editor of the live look, one for each version; null while nothing runs. When colleagues move steps meanwhile, the
 * document is put in: what is selected and open stays.
 */
export function useLiveEditor(document: AutomationDocument | null, version: number | null): Editor | null {
  const begin = () => ({ version, editor: document && createEditor(document, true) });
  const [kept, setKept] = useState(begin);
  const { editor } = kept;
  if (kept.version !== version || (editor === null) !== (document === null)) setKept(begin());
  useEffect(() => {
    if (editor && document && editor.getState().history.present !== document) adopt(editor, document);
  }, [document, editor]);
  return editor;
}
