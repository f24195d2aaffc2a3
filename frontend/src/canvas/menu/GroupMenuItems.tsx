import { Menu } from "@mantine/core";
import {
  IconArrowsMove,
  IconArrowsMinimize,
  IconArrowsMaximize,
  IconBoxOff,
  IconCopy,
  IconCopyPlus,
  IconPencil,
  IconSelect,
  IconStackPop,
  IconTrash,
} from "@tabler/icons-react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";

import { useDocument, useDrawn, useEditor, useVerbs } from "@/canvas/state/EditorContext";
import type { StepGroup } from "@/flow/document";
import { groupOf, groupsOf } from "@/flow/groups";

import { useCopying } from "./useCopying";

/** What can be done with the group that a step is in. */
export function GroupOfStepItems({ node }: { node: string }) {
  const { t } = useTranslation("editor");
  const verbs = useVerbs();
  const readOnly = useEditor((state) => state.readOnly);
  const group = groupOf(useDocument(), node);
  if (!group) return null;
  const { id, name } = group;
  return (
    <>
      <Menu.Divider />
      <Item icon={<IconArrowsMinimize size={16} />} onClick={() => verbs.fold(id, true)}>
        {t("group.collapse", { name })}
      </Item>
      {!readOnly && (
        <>
          <Item icon={<IconPencil size={16} />} onClick={() => verbs.beginRenaming(id)}>
            {t("group.rename", { name })}
          </Item>
          <Item icon={<IconStackPop size={16} />} onClick={() => verbs.ungroup([node])}>
            {t("group.take_out", { name })}
          </Item>
          <Item icon={<IconBoxOff size={16} />} onClick={() => verbs.ungroup(group.nodes)}>
            {t("group.ungroup")}
          </Item>
        </>
      )}
    </>
  );
}

/** Everything that can be done with a collapsed group. */
export function CardMenuItems({ group: { id, name, nodes } }: { group: StepGroup }) {
  const { t } = useTranslation("editor");
  const verbs = useVerbs();
  const copying = useCopying();
  const readOnly = useEditor((state) => state.readOnly);
  const onBoard = useEditor((state) => state.home === "board");
  return (
    <>
      <Item icon={<IconArrowsMaximize size={16} />} onClick={() => verbs.fold(id, false)}>
        {t("group.expand", { name })}
      </Item>
      {!readOnly && (
        <>
          <Item icon={<IconPencil size={16} />} onClick={() => verbs.beginRenaming(id)}>
            {t("group.rename", { name })}
          </Item>
          <Item icon={<IconBoxOff size={16} />} onClick={() => verbs.ungroup(nodes)}>
            {t("group.ungroup")}
          </Item>
          <Menu.Divider />
          <Item icon={<IconCopyPlus size={16} />} onClick={() => verbs.duplicate(nodes)}>
            {t("inspector.duplicate")}
          </Item>
          {onBoard && (
            <Item icon={<IconArrowsMove size={16} />} onClick={() => verbs.beginMoving(nodes)}>
              {t("inspector.move")}
            </Item>
          )}
        </>
      )}
      {copying && (
        <Item icon={<IconCopy size={16} />} onClick={() => copying.copy(nodes)}>
          {t("inspector.copy")}
        </Item>
      )}
      {!readOnly && (
        <>
          <Menu.Divider />
          <Menu.Item c="var(--cz-bad)" leftSection={<IconTrash size={16} />} onClick={() => verbs.remove(nodes)}>
            {t("selection.remove")}
          </Menu.Item>
        </>
      )}
    </>
  );
}

/** Taking up several steps by single taps; begins with these. */
export function GatherItem({ ids }: { ids: readonly string[] }) {
  const { t } = useTranslation("editor");
  const verbs = useVerbs();
  return (
    <Item icon={<IconSelect size={16} />} onClick={() => verbs.beginGathering(ids)}>
      {t("group.several")}
    </Item>
  );
}

/** Folding all groups at once, where there are any. */
export function FoldAllItem() {
  const { t } = useTranslation("editor");
  const verbs = useVerbs();
  const groups = groupsOf(useDocument());
  const { cards } = useDrawn();
  if (groups.length === 0) return null;
  const open = cards.size < groups.length;
  return (
    <Item icon={open ? <IconArrowsMinimize size={16} /> : <IconArrowsMaximize size={16} />} onClick={() => verbs.foldAll()}>
      {t(open ? "group.collapse_all" : "group.expand_all")}
    </Item>
  );
}

function Item({ icon, onClick, children }: { icon: ReactNode; onClick: () => void; children: ReactNode }) {
  return (
    <Menu.Item leftSection={icon} onClick={onClick}>
      {children}
    </Menu.Item>
  );
}
