import { Modal } from "@mantine/core";
import { useTranslation } from "react-i18next";

import type { Automation } from "@/api/editor";
import type { Editor } from "@/canvas/state/store";
import type { Catalog } from "@/flow/catalog";
import { later } from "@/ui/feedback/later";
import { SkeletonRows } from "@/ui/feedback/SkeletonRows";

import { useComparison } from "./comparison";
import classes from "./VersionsScreen.module.css";

const VersionsView = later("VersionsView", async () => (await import("./VersionsView")).VersionsView, <SkeletonRows count={6} />);

interface VersionsScreenProps {
  automation: Automation;
  draft: Editor;
  catalog: Catalog;
  mayEdit: boolean;
  /** Leads back to the draft on the canvas. */
  onDraft: () => void;
}

/** The history of an automation over the whole screen; fetched when somebody first asks for it. */
export function VersionsScreen(props: VersionsScreenProps) {
  const { t } = useTranslation("versions");
  const { comparison, show } = useComparison();
  const opened = comparison !== null && props.automation.version !== null;
  return (
    // Escape closes the dialog on top alone.
    <Modal.Stack>
      <Modal
        stackId="versions"
        opened={opened}
        onClose={() => show(null)}
        fullScreen
        title={t("title", { name: props.automation.name })}
        closeButtonProps={{ "aria-label": t("close") }}
        classNames={{ content: classes["content"] ?? "", body: classes["body"] ?? "" }}
      >
        {opened && (
          <VersionsView {...props} comparison={comparison} onShow={show} />
        )}
      </Modal>
    </Modal.Stack>
  );
}
