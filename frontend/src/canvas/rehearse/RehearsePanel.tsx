import { ActionIcon, Drawer, SegmentedControl } from "@mantine/core";
import { useMediaQuery } from "@mantine/hooks";
import { IconX } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { useEditorScope } from "@/canvas/state/EditorContext";

import classes from "./rehearse.module.css";
import { ReplayTab } from "./ReplayTab";
import { ScenariosTab } from "./ScenariosTab";
import { useRehearsal } from "./state";
import { TestRunTab } from "./TestRunTab";

const tabs = ["test", "scenarios", "replay"] as const;

/**
 * Rehearsals of the document on the canvas, beside it: what would happen, without anything happening. While it stands
 * aside it is not seen, and keeps what was typed.
 */
export function RehearsePanel({ aside }: { aside: boolean }) {
  const { t } = useTranslation("rehearsals");
  const { editor } = useEditorScope();
  const { show } = useRehearsal();
  const small = useMediaQuery("(max-width: 48em)", false, { getInitialValueInEffect: false });
  const close = () => {
    // On a phone the sheet covers the canvas: there the path stays lit to be looked at.
    if (!small) show(null);
    editor.setState({ panel: null });
  };
  if (!small) {
    return (
      <section className={classes["side"]} aria-label={t("title")} hidden={aside} data-settings={!aside || undefined}>
        <Content onClose={close} />
      </section>
    );
  }
  return (
    <Drawer.Root opened={!aside} keepMounted onClose={close} position="bottom" size="85dvh" padding={0}>
      <Drawer.Overlay />
      <Drawer.Content aria-label={t("title")} data-settings={!aside || undefined} data-beside>
        <Drawer.Body className={classes["sheet"] ?? ""}>
          <Content onClose={close} />
        </Drawer.Body>
      </Drawer.Content>
    </Drawer.Root>
  );
}

function Content({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation("rehearsals");
  const [tab, setTab] = useState<(typeof tabs)[number]>("test");
  return (
    <>
      <header className={classes["header"]}>
        <SegmentedControl
          flex={1}
          size="xs"
          aria-label={t("title")}
          data={tabs.map((value) => ({ value, label: t(`tab.${value}`) }))}
          value={tab}
          onChange={setTab}
        />
        <ActionIcon variant="subtle" color="gray" size={32} aria-label={t("close")} onClick={onClose} data-close>
          <IconX size={18} />
        </ActionIcon>
      </header>
      <div className={classes["body"]}>
        {tab === "test" && <TestRunTab />}
        {tab === "scenarios" && <ScenariosTab />}
        {tab === "replay" && <ReplayTab />}
      </div>
    </>
  );
}
