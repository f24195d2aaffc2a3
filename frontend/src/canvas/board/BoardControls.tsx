import { ActionIcon, Tooltip } from "@mantine/core";
import { useLocalStorage } from "@mantine/hooks";
import { IconLayoutGrid, IconListTree, IconMap, IconMapOff, IconMaximize, IconMinus, IconPlus, IconSearch } from "@tabler/icons-react";
import { MiniMap, Panel, useReactFlow, useStore } from "@xyflow/react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";

import { useDocument, useEditor, useEditorScope, useVerbs } from "@/canvas/state/EditorContext";
import { useOutline } from "@/canvas/outline/useOutline";
import { useFormat } from "@/ui/format";
import { gliding } from "@/ui/motion";

import classes from "./Board.module.css";
import type { StepElement } from "./flowElements";
import { zoomBy, zoomToFull } from "./zooming";

const colours = { trigger: "var(--cz-trigger)", rule: "var(--cz-rule)", action: "var(--cz-action)" } as const;

/** Zoom, fit, tidy up and the map. */
export function BoardControls() {
  const { t } = useTranslation(["editor", "reading"]);
  const { editor } = useEditorScope();
  const flow = useReactFlow();
  const verbs = useVerbs();
  const readOnly = useEditor((state) => state.readOnly);
  const format = useFormat();
  const shown = useStore((state) => format.percent(state.transform[2]));
  const hasSteps = useDocument().nodes.length > 0;
  // While settings are open there is little room: no step shall be under the map.
  const roomy = useEditor((state) => state.open === null);
  const [outlined, toggleOutline] = useOutline();
  const [map, setMap] = useLocalStorage({ key: "cadenza-minimap", defaultValue: true });
  return (
    <>
      <Panel position="bottom-left" className={classes["controls"] ?? ""}>
        <Control name={t("board.zoom_out")} onClick={() => zoomBy(flow, -1)}>
          <IconMinus size={16} />
        </Control>
        <Tooltip label={t("board.zoom_reset")}>
          <button
            type="button"
            className={`tabular ${classes["zoom"] ?? ""}`}
            aria-label={`${shown}: ${t("board.zoom_reset")}`}
            onClick={() => zoomToFull(flow)}
          >
            {shown}
          </button>
        </Tooltip>
        <Control name={t("board.zoom_in")} onClick={() => zoomBy(flow, 1)}>
          <IconPlus size={16} />
        </Control>
        <Control name={t("board.fit")} onClick={() => void flow.fitView({ padding: 0.2, maxZoom: 1, duration: gliding(200) })}>
          <IconMaximize size={16} />
        </Control>
        {!readOnly && (
          <Control name={t("board.tidy")} onClick={() => verbs.tidy()}>
            <IconLayoutGrid size={16} />
          </Control>
        )}
        <Control name={outlined ? t("outline.hide") : t("outline.show")} onClick={toggleOutline} isOutline>
          {outlined ? <IconListTree size={16} color="var(--cz-accent-text)" /> : <IconListTree size={16} />}
        </Control>
        <Control name={t("reading:find.open")} onClick={() => editor.setState({ panel: "find" })}>
          <IconSearch size={16} />
        </Control>
        <Control name={map ? t("board.hide_map") : t("board.show_map")} onClick={() => setMap(!map)} visibleFrom="sm">
          {map ? <IconMapOff size={16} /> : <IconMap size={16} />}
        </Control>
      </Panel>
      {map && hasSteps && roomy && (
        <MiniMap<StepElement>
          className={classes["map"] ?? ""}
          ariaLabel={t("board.map")}
          onClick={(_event, { x, y }) => void flow.setCenter(x, y, { zoom: flow.getZoom() })}
          nodeColor={({ data, selected }) =>
            selected ? "var(--cz-accent)" : data.errors > 0 ? "var(--cz-bad)" : colours[data.type?.kind ?? "action"]
          }
          nodeBorderRadius={24}
          bgColor="var(--cz-surface)"
          maskColor="color-mix(in srgb, var(--cz-sunken) 70%, transparent)"
          pannable
          zoomable
        />
      )}
    </>
  );
}

interface ControlProps {
  name: string;
  onClick: () => void;
  isOutline?: boolean;
  /** On a phone there is no room for it. */
  visibleFrom?: "sm";
  children: ReactNode;
}

function Control({ name, onClick, isOutline, visibleFrom, children }: ControlProps) {
  return (
    <Tooltip label={name}>
      <ActionIcon
        variant="subtle"
        color="gray"
        size={32}
        aria-label={name}
        onClick={onClick}
        data-outline-switch={isOutline}
        {...(visibleFrom && { visibleFrom })}
      >
        {children}
      </ActionIcon>
    </Tooltip>
  );
}
