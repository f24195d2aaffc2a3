import { Skeleton } from "@mantine/core";
import { useTranslation } from "react-i18next";

import { useDeal } from "@/api/deals";
import { usePipelines } from "@/api/pipelines";
import { Loaded } from "@/ui/feedback/Loaded";
import { SidePanel } from "@/ui/panel/SidePanel";

import { DealForm } from "./DealForm";

/** One deal in the side panel: a new one, or the one whose id stands in the address. */
export function DealPanel({ open, onClose }: { open: string | null; onClose: () => void }) {
  const { t } = useTranslation("deals");
  const isNew = open === "new";
  const id = Number(open) || null;
  const deal = useDeal(id);
  const pipelines = usePipelines();
  const waiting = <Skeleton height={240} m="lg" />;
  return (
    <SidePanel opened={open !== null} onClose={onClose} title={isNew ? t("new") : (deal.data?.name ?? t("deal"))}>
      <Loaded query={pipelines} skeleton={waiting}>
        {({ items }) =>
          isNew ? (
            <DealForm pipelines={items} onDone={onClose} />
          ) : (
            <Loaded query={deal} skeleton={waiting}>
              {(found) => <DealForm key={found.id} deal={found} pipelines={items} onDone={onClose} />}
            </Loaded>
          )
        }
      </Loaded>
    </SidePanel>
  );
}
