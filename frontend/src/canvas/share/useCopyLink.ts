import { useTranslation } from "react-i18next";

import { toastDone } from "@/ui/feedback/toast";

/** Puts a link on the clipboard; where the browser forbids that, shows it to be copied by hand. */
export function useCopyLink(): (link: string) => void {
  const { t } = useTranslation("reading");
  return (link) => {
    // Only pages of a secure origin have a clipboard.
    const clipboard = navigator.clipboard as Clipboard | undefined;
    void (clipboard?.writeText(link) ?? Promise.reject(new Error("no clipboard"))).then(
      () => toastDone({ message: t("link.copied") }),
      () => window.prompt(t("link.by_hand"), link),
    );
  };
}
