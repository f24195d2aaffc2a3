import { useTranslation } from "react-i18next";

import { SkeletonRows } from "@/ui/feedback/SkeletonRows";
import { Page } from "@/ui/page/Page";

/** Stands where a page comes while its code or its texts are fetched. */
export function PageFallback() {
  const { t } = useTranslation();
  return (
    <Page title="Cadenza" heading={<span className="visually-hidden">{t("loading")}</span>}>
      <SkeletonRows />
    </Page>
  );
}
