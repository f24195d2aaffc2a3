import { ReactFlowProvider } from "@xyflow/react";
import { useParams } from "react-router";

import { useAutomation, useCatalog } from "@/api/editor";
import { useVocabulary } from "@/api/vocabulary";
import { ErrorState } from "@/ui/feedback/ErrorState";

import { EditorScreen } from "./EditorScreen";
import { EditorSkeleton } from "./EditorSkeleton";

/** `/automations/:id`: the editor of one automation. */
export default function EditorPage() {
  const id = Number(useParams()["id"]);
  const automation = useAutomation(id);
  const catalog = useCatalog();
  const vocabulary = useVocabulary();
  const failed = [automation, catalog, vocabulary].find((query) => query.isError && query.data === undefined);
  if (failed) return <ErrorState error={failed.error} onRetry={() => void failed.refetch()} />;
  // A draft kept from an earlier visit may be old: edits must begin from what the server has now.
  if (!automation.isFetchedAfterMount || !automation.data || !catalog.data || !vocabulary.data) {
    return <EditorSkeleton />;
  }
  return (
    <ReactFlowProvider key={id}>
      <EditorScreen automation={automation.data} catalog={catalog.data} vocabulary={vocabulary.data} />
    </ReactFlowProvider>
  );
}
