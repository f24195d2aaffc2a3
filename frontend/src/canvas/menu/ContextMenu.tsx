import { Menu } from "@mantine/core";
import { IconClipboard, IconLayoutGrid, IconPlus, IconSelectAll } from "@tabler/icons-react";
import { useReactFlow } from "@xyflow/react";
import { useTranslation } from "react-i18next";

import { useDocument, useDrawn, useEditor, useEditorScope, useStepWords, useVerbs } from "@/canvas/state/EditorContext";
import type { EditorState } from "@/canvas/state/store";
import { nodeById } from "@/flow/graph";

import classes from "./ContextMenu.module.css";
import { CardMenuItems, FoldAllItem, GatherItem } from "./GroupMenuItems";
import { longMenu } from "./longMenu";
import { StepMenuItems } from "./StepMenuItems";
import { useCopying } from "./useCopying";

const NONE: readonly string[] = [];

/** What a right click, a long press or the menu key opens, at a step or on free canvas. */
export function ContextMenu() {
  const menu = useEditor((state) => state.menu);
  return menu && <OpenMenu key={JSON.stringify(menu)} menu={menu} />;
}

function OpenMenu({ menu: { node: id, at } }: { menu: NonNullable<EditorState["menu"]> }) {
  const { t } = useTranslation("editor");
  const { editor } = useEditorScope();
  const words = useStepWords();
  const document = useDocument();
  const node = id === null ? undefined : nodeById(document, id);
  const group = useDrawn().cards.get(id ?? "");
  const close = () => {
    const { picker, removing, naming, focus } = editor.getState();
    const busy = picker !== null || removing !== null || naming !== null || focus !== null;
    editor.setState({ menu: null, ...(id !== null && !busy && { focus: id }) });
  };
  return (
    <Menu
      opened
      onClose={close}
      position="bottom-start"
      shadow="md"
      withinPortal={false}
      floatingStrategy="fixed"
      offset={2}
      {...longMenu}
    >
      <Menu.Target>
        <button type="button" tabIndex={-1} aria-hidden className={classes["anchor"]} style={{ left: at[0], top: at[1] }} />
      </Menu.Target>
      <Menu.Dropdown className={classes["menu"] ?? ""} aria-label={node || group ? words.step(id ?? "") : t("board.title")}>
        {node ? <StepMenuItems node={node} /> : group ? <CardMenuItems group={group} /> : <BoardItems />}
      </Menu.Dropdown>
    </Menu>
  );
}

/** What can be done on free canvas; a new step stands where the menu was opened. */
function BoardItems() {
  const { t } = useTranslation("editor");
  const { editor } = useEditorScope();
  const verbs = useVerbs();
  const copying = useCopying();
  const flow = useReactFlow();
  const readOnly = useEditor((state) => state.readOnly);
  const add = () => {
    const at = editor.getState().menu?.at ?? [0, 0];
    const { x, y } = flow.screenToFlowPosition({ x: at[0], y: at[1] });
    editor.setState({ picker: { spot: { kind: "free", position: [Math.round(x), Math.round(y)] }, at } });
  };
  return (
    <>
      {!readOnly && (
        <Menu.Item leftSection={<IconPlus size={16} />} onClick={add}>
          {t("palette.add")}
        </Menu.Item>
      )}
      {!readOnly && copying && (
        <Menu.Item leftSection={<IconClipboard size={16} />} onClick={copying.paste}>
          {t("board.paste")}
        </Menu.Item>
      )}
      <Menu.Item leftSection={<IconSelectAll size={16} />} onClick={() => verbs.selectAll()}>
        {t("keys.all")}
      </Menu.Item>
      <GatherItem ids={NONE} />
      <FoldAllItem />
      {!readOnly && (
        <Menu.Item leftSection={<IconLayoutGrid size={16} />} onClick={() => verbs.tidy()}>
          {t("board.tidy")}
        </Menu.Item>
      )}
    </>
  );
}
