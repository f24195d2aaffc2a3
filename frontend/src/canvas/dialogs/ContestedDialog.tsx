import { useTranslation } from "react-i18next";

import { useApply } from "@/canvas/inspector/useApply";
import { contestedOf, decided } from "@/canvas/state/contested";
import { useDocument, useEditor, useEditorScope, useStepWords } from "@/canvas/state/EditorContext";
import { nodeById } from "@/flow/graph";
import { asObject } from "@/flow/json";
import type { Side } from "@/flow/merge";
import { textOf } from "@/nodes/controls/common";

import { WhoseStays } from "./WhoseStays";

/** Settings are about to be applied over what somebody else applied since they were begun. */
export function ContestedDialog() {
  const { t } = useTranslation("together");
  const { catalog, editor } = useEditorScope();
  const words = useStepWords();
  const document = useDocument();
  const apply = useApply();
  const deciding = useEditor((state) => state.deciding);
  const draft = useEditor((state) => state.draft);
  const node = nodeById(document, draft?.node ?? "");
  const names = contestedOf(draft, node);
  const fields = asObject(catalog.get(node?.type ?? "")?.schema["properties"]);
  const things = names.map((name) =>
    t("contested.field", { step: words.step(node?.id ?? ""), field: textOf(asObject(fields[name])["title"]) || name }),
  );
  const close = () => {
    editor.setState({ deciding: null });
    deciding?.stay?.();
  };
  const choose = (prefer: Side) => {
    if (!draft || !node) return;
    editor.setState({ deciding: null, draft: decided(draft, node, names, prefer) });
    apply(node.id, deciding ?? undefined);
  };
  return <WhoseStays opened={deciding !== null} things={things} rest={t("contested.rest")} onChoose={choose} onClose={close} />;
}
