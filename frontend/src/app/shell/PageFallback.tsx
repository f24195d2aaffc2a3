import { SkeletonRows } from "@/ui/feedback/SkeletonRows";
import { Page } from "@/ui/page/Page";

/** Stands where a page comes while its code or its texts are fetched. */
export function PageFallback() {
  return (
    <Page title="Cadenza" heading=" ">
      <SkeletonRows />
    </Page>
  );
}
