import { useLocalStorage } from "@mantine/hooks";
import { IconLayoutGrid, IconListTree, IconMap, IconMapOff, IconMaximize, IconMinus, IconPlus, IconSearch } from "@tabler/icons-react";
import { Panel, useReactFlow, useStore } from "@xyflow/react";
import { memo } from "react";
import { useTranslation } from "react-i18next";

import { useDocument, useEditor, useEditorScope, useVerbs } from "@/canvas/state/EditorContext";
import { useOutline } from "@/canvas/outline/useOutline";
import { IconButton } from "@/ui/actions/IconButton";
import { useFormat } from "@/ui/format";
import { hint } from "@/ui/hint/hint";

import classes from "./Board.module.css";
import { fitAll } from "./distance";
import type { StepElement } from "./flowElements";
import { Minimap } from "./Minimap";
import { zoomBy, zoomToFull } from "./zooming";

/** Zoom, fit, tidy up and the map. */
export const BoardControls = memo(function BoardControls({ nodes }: { nodes: readonly StepElement[] }) {
  const { t } = useTranslation(["editor", "reading", "common"]);
  const { editor } = useEditorScope();
  const flow = useReactFlow();
  const verbs = useVerbs();
  const readOnly = useEditor((state) => state.readOnly);
  const hasSteps = useDocument().nodes.length > 0;
  // While a panel is open beside the canvas there is little room: no step shall be under the map.
  const roomy = useEditor((state) => state.open === null && state.panel !== "rehearse");
  const [outlined, toggleOutline] = useOutline();
  const [map, setMap] = useLocalStorage({ key: "cadenza-minimap", defaultValue: true });
  return (
    <>
      <Panel position="bottom-left" className={classes["controls"] ?? ""}>
        <IconButton name={t("common:map.zoom_out")} onClick={() => zoomBy(flow, -1)}>
          <IconMinus size={16} />
        </IconButton>
        <Zoom />
        <IconButton name={t("common:map.zoom_in")} onClick={() => zoomBy(flow, 1)}>
          <IconPlus size={16} />
        </IconButton>
        <IconButton name={t("common:map.fit")} onClick={() => fitAll(flow)}>
          <IconMaximize size={16} />
        </IconButton>
        {!readOnly && (
          <IconButton name={t("board.tidy")} onClick={() => verbs.tidy()}>
            <IconLayoutGrid size={16} />
          </IconButton>
        )}
        <IconButton name={outlined ? t("outline.hide") : t("outline.show")} onClick={toggleOutline} data-outline-switch>
          {outlined ? <IconListTree size={16} color="var(--cz-accent-text)" /> : <IconListTree size={16} />}
        </IconButton>
        <IconButton name={t("reading:find.open")} onClick={() => editor.setState({ panel: "find" })}>
          <IconSearch size={16} />
        </IconButton>
        <IconButton name={map ? t("board.hide_map") : t("board.show_map")} onClick={() => setMap(!map)} visibleFrom="sm">
          {map ? <IconMapOff size={16} /> : <IconMap size={16} />}
        </IconButton>
      </Panel>
      {map && hasSteps && roomy && (
        <Minimap nodes={nodes} />
      )}
    </>
  );
});

/** How large everything is drawn; apart, so that zooming draws nothing else anew. */
function Zoom() {
  const { t } = useTranslation("editor");
  const flow = useReactFlow();
  const format = useFormat();
  const percent = useStore((state) => Math.round(100 * state.transform[2]));
  const shown = format.percent(percent / 100);
  return (
    <button
      type="button"
      className={`tabular ${classes["zoom"] ?? ""}`}
      aria-label={format.named(shown, t("board.zoom_reset"))}
      onClick={() => zoomToFull(flow)}
      {...hint(t("board.zoom_reset"))}
    >
      {shown}
    </button>
  );
}
