import { Menu } from "@mantine/core";
import {
  IconArrowsExchange,
  IconArrowsMove,
  IconCopy,
  IconCopyPlus,
  IconCut,
  IconFocusCentered,
  IconPlus,
  IconRoute,
  IconSelectAll,
  IconTrash,
} from "@tabler/icons-react";
import { useReactFlow } from "@xyflow/react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";

import { fitSteps } from "@/canvas/board/distance";
import { CommentItem } from "@/canvas/comments/CommentItem";
import { LinkItem } from "@/canvas/share/LinkItem";
import { useEditor, useEditorScope, useVerbs } from "@/canvas/state/EditorContext";
import { openPickerAt } from "@/canvas/state/places";
import type { Reach } from "@/canvas/verbs";
import { branchOf } from "@/flow/commands";
import type { FlowNode } from "@/flow/document";
import { edgeAt } from "@/flow/graph";

import { GatherItem, GroupOfStepItems } from "./GroupMenuItems";
import { useCopying } from "./useCopying";

const reaches: readonly Reach[] = ["up", "down", "connected"];

/** Everything that can be done with one step, for a menu: what dragging and keys do too. */
export function StepMenuItems({ node }: { node: FlowNode }) {
  const { t } = useTranslation("editor");
  const { editor } = useEditorScope();
  const verbs = useVerbs();
  const copying = useCopying();
  const flow = useReactFlow();
  const readOnly = useEditor((state) => state.readOnly);
  // In the outline steps have no place.
  const onBoard = useEditor((state) => state.home === "board");
  return (
    <>
      {!readOnly && (
        <>
          <Item icon={<IconPlus size={16} />} onClick={() => openPickerAt(editor, verbs.spotAfter(node.id), node.id)}>
            {t("inspector.add_after")}
          </Item>
          <Ways node={node} />
          <Menu.Divider />
          <Item icon={<IconCopyPlus size={16} />} onClick={() => verbs.duplicate([node.id])}>
            {t("inspector.duplicate")}
          </Item>
          <Branches node={node} />
          {onBoard && (
            <Item icon={<IconArrowsMove size={16} />} onClick={() => verbs.beginMoving([node.id])}>
              {t("inspector.move")}
            </Item>
          )}
        </>
      )}
      {copying && (
        <Item icon={<IconCopy size={16} />} onClick={() => copying.copy([node.id])}>
          {t("inspector.copy")}
        </Item>
      )}
      <CommentItem node={node.id} />
      <LinkItem node={node.id} />
      {onBoard && (
        <Item icon={<IconFocusCentered size={16} />} onClick={() => fitSteps(flow, [node.id])}>
          {t("inspector.fit")}
        </Item>
      )}
      {reaches.map((reach) => (
        <Item key={reach} icon={<IconSelectAll size={16} />} onClick={() => verbs.selectReach(node.id, reach)}>
          {t(`reach.${reach}`)}
        </Item>
      ))}
      <GatherItem ids={[node.id]} />
      <GroupOfStepItems node={node.id} />
      {!readOnly && (
        <>
          <Menu.Divider />
          <Menu.Item c="var(--cz-bad)" leftSection={<IconTrash size={16} />} onClick={() => verbs.remove([node.id])}>
            {t("inspector.delete")}
          </Menu.Item>
        </>
      )}
    </>
  );
}

/** Leading each way out of the step somewhere, or nowhere. */
function Ways({ node }: { node: FlowNode }) {
  const { t } = useTranslation("editor");
  const verbs = useVerbs();
  const document = useEditor((state) => state.history.present);
  const exits = verbs.exitsOf(node);
  return exits.map(({ exit, label }) => {
    const edge = edgeAt(document, exit);
    const one = exits.length === 1;
    const connect = edge ? (one ? "inspector.lead" : "inspector.lead_port") : one ? "inspector.connect" : "inspector.connect_port";
    return [
      <Item key={exit.port} icon={<IconRoute size={16} />} onClick={() => verbs.beginConnecting(exit)}>
        {t(connect, { port: label })}
      </Item>,
      edge && (
        <Item key={`cut ${exit.port}`} icon={<IconCut size={16} />} onClick={() => verbs.disconnect(edge)}>
          {t(one ? "inspector.cut_line" : "inspector.cut_port", { port: label })}
        </Item>
      ),
    ];
  });
}

/** Copying a branch, and swapping neighbouring ones. */
function Branches({ node }: { node: FlowNode }) {
  const { t } = useTranslation("editor");
  const verbs = useVerbs();
  const document = useEditor((state) => state.history.present);
  const exits = verbs.exitsOf(node);
  if (exits.length < 2) return null;
  const used = exits.filter(({ exit }) => branchOf(document, exit).length > 0);
  const pairs = exits.flatMap((one, index) => {
    const other = exits[index + 1];
    return other && (edgeAt(document, one.exit) ?? edgeAt(document, other.exit)) ? [{ one, other }] : [];
  });
  return (
    <>
      {used.map(({ exit, label }) => (
        <Item key={exit.port} icon={<IconCopyPlus size={16} />} onClick={() => verbs.duplicateBranch(exit)}>
          {t("inspector.duplicate_branch", { port: label })}
        </Item>
      ))}
      {pairs.map(({ one, other }) => (
        <Item
          key={one.exit.port}
          icon={<IconArrowsExchange size={16} />}
          onClick={() => verbs.swap(node.id, one.exit.port, other.exit.port)}
        >
          {t("inspector.swap", { one: one.label, other: other.label })}
        </Item>
      ))}
    </>
  );
}

function Item({ icon, onClick, children }: { icon: ReactNode; onClick: () => void; children: ReactNode }) {
  return (
    <Menu.Item leftSection={icon} onClick={onClick}>
      {children}
    </Menu.Item>
  );
}
