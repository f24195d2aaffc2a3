import { Menu } from "@mantine/core";
import { IconArrowBackUp, IconArrowForwardUp, IconListDetails } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";

import { useEditor, useStepWords, useVerbs } from "@/canvas/state/EditorContext";
import { IconButton } from "@/ui/actions/IconButton";

/** Undo and redo, each naming what it would do, and the list of all steps. */
export function HistoryButtons() {
  const { t } = useTranslation("editor");
  const verbs = useVerbs();
  const { past, future } = useEditor((state) => state.history);
  const { edit: nameOf } = useStepWords();
  const last = past.at(-1);
  const [next] = future;
  const undoName = last ? t("bar.undo_named", { what: nameOf(last) }) : t("bar.undo");
  const redoName = next ? t("bar.redo_named", { what: nameOf(next) }) : t("bar.redo");
  return (
    <>
      <IconButton name={undoName} disabled={!last} onClick={() => verbs.travel(-1)}>
        <IconArrowBackUp size={18} />
      </IconButton>
      <IconButton name={redoName} disabled={!next} onClick={() => verbs.travel(1)}>
        <IconArrowForwardUp size={18} />
      </IconButton>
      <Menu
        disabled={past.length + future.length === 0}
        withinPortal={false}
        floatingStrategy="fixed"
        withInitialFocusPlaceholder={false}
      >
        <Menu.Target>
          <IconButton name={t("bar.history")} disabled={past.length + future.length === 0}>
            <IconListDetails size={18} />
          </IconButton>
        </Menu.Target>
        <Menu.Dropdown mah={360} style={{ overflowY: "auto" }}>
          {future
            .map((entry, index) => ({ entry, steps: index + 1 }))
            .toReversed()
            .map(({ entry, steps }) => (
              <Menu.Item key={`redo ${String(steps)}`} c="dimmed" onClick={() => verbs.travel(steps)}>
                {t("bar.redo_named", { what: nameOf(entry) })}
              </Menu.Item>
            ))}
          {future.length > 0 && past.length > 0 && <Menu.Divider />}
          {past
            .toReversed()
            .map((entry, index) => ({ entry, steps: -index - 1 }))
            .map(({ entry, steps }) => (
              <Menu.Item key={`undo ${String(steps)}`} onClick={() => verbs.travel(steps)}>
                {t("bar.undo_named", { what: nameOf(entry) })}
              </Menu.Item>
            ))}
        </Menu.Dropdown>
      </Menu>
    </>
  );
}
