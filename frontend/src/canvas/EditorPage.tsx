import { ReactFlowProvider } from "@xyflow/react";
import { useTranslation } from "react-i18next";
import { useLoaderData, useParams } from "react-router";

import { useAutomation, useCatalog } from "@/api/editor";
import { useVocabulary } from "@/api/vocabulary";
import { editorTexts } from "@/ui/editorAt";
import { ErrorState } from "@/ui/feedback/ErrorState";

import { EditorScreen } from "./EditorScreen";
import { EditorSkeleton } from "./EditorSkeleton";

/** `/automations/:id`: the editor of one automation. */
export default function EditorPage() {
  const id = Number(useParams()["id"]);
  const began = useLoaderData<number>();
  const automation = useAutomation(id);
  const catalog = useCatalog();
  const vocabulary = useVocabulary();
  useTranslation(editorTexts);
  // A draft kept from an earlier visit may be old: edits must begin from what the server has now.
  const old = automation.dataUpdatedAt < began;
  const failed = [automation, catalog, vocabulary].find(
    (query) => query.isError && (query.data === undefined || (query === automation && old)),
  );
  if (failed) return <ErrorState error={failed.error} onRetry={() => void failed.refetch()} />;
  if (old || !automation.data || !catalog.data || !vocabulary.data) return <EditorSkeleton />;
  return (
    <ReactFlowProvider key={id}>
      <EditorScreen automation={automation.data} catalog={catalog.data} vocabulary={vocabulary.data} />
    </ReactFlowProvider>
  );
}
