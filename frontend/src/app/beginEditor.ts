import i18next from "i18next";
import type { LoaderFunctionArgs, ShouldRevalidateFunctionArgs } from "react-router";

import { automationQuery, catalogQuery } from "@/api/editor";
import { queryClient } from "@/api/queryClient";
import { vocabularyQuery } from "@/api/vocabulary";
import { fetchTexts, firstLanguage, startTexts } from "@/i18n";
import { editorTexts } from "@/ui/editorAt";

/** Lets what a page shows be asked for before its code: a browser has few lines, and the server takes longer over data. */
export const dataAsked = () => new Promise((asked) => setTimeout(asked));

/** The editor with its texts: were these still to come, React would show it 0.3 s after what it shows instead. */
export async function fetchEditor() {
  fetchTexts(firstLanguage(), editorTexts);
  const [page] = await Promise.all([
    import("@/canvas/EditorPage"),
    startTexts().then(() => i18next.loadNamespaces(editorTexts)),
  ]);
  return page;
}

/** Asks for all that the editor shows first, while its code is still on the way; returns when it began to. */
export function beginEditor({ params }: LoaderFunctionArgs): number {
  const began = Date.now();
  const lang = firstLanguage(); // by its address the editor begins before the texts do
  void queryClient.prefetchQuery({ ...automationQuery(Number(params["id"])), staleTime: 0 });
  void queryClient.prefetchQuery(catalogQuery(lang));
  void queryClient.prefetchQuery(vocabularyQuery(lang));
  return began;
}

/** What else stands in the address, such as the step that is shown, is no other automation. */
export function isOtherAutomation({ currentParams, nextParams }: ShouldRevalidateFunctionArgs): boolean {
  return currentParams["id"] !== nextParams["id"];
}
