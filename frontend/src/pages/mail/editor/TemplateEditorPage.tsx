import { Skeleton } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useParams, useSearchParams } from "react-router";

import { useMailTemplate } from "@/api/mailing";
import { ErrorState } from "@/ui/feedback/ErrorState";
import { toastProblem } from "@/ui/feedback/toast";

import { draftOf, isStart } from "../starts";
import { TemplateEditor } from "./TemplateEditor";

/** `/templates/:id`: one template; `/templates/new?start=…`: one that is not kept yet. */
export default function TemplateEditorPage() {
  const { t } = useTranslation("mail");
  const given = useParams()["id"];
  const start = useSearchParams()[0].get("start");
  const [made, setMade] = useState<number | null>(null);
  const [turn, setTurn] = useState(0);
  const id = given === "new" ? null : Number(given);
  const opened = id !== null && id !== made;
  const { data, error, refetch, isFetchedAfterMount } = useMailTemplate(id ?? 0, opened);
  // One that was kept for the first time goes on being edited, with all that can be undone.
  const reload = async () => {
    const fetched = await refetch();
    if (!fetched.isSuccess) return toastProblem(fetched.error); // what is written here is still all there is
    setMade(null);
    setTurn(turn + 1);
  };
  const ways = { onMade: setMade, onReload: () => void reload() };
  if (!opened)
    return <TemplateEditor id={id} draft={draftOf(isStart(start) ? start : "plain", t)} revision={null} {...ways} />;
  if (error && !data) return <ErrorState error={error} onRetry={() => void refetch()} />;
  // What is left from an earlier visit may be old: edits must begin from what the server has now.
  if (!data || !isFetchedAfterMount) return <Skeleton height="100%" radius={0} />;
  const { name, subject, preheader, format, source, revision } = data;
  const draft = { name, subject, preheader, format, source };
  return <TemplateEditor key={`${id} ${turn}`} id={id} draft={draft} revision={revision} {...ways} />;
}
