import { Combobox, useCombobox } from "@mantine/core";
import { useEffect, useId, useState } from "react";
import { useTranslation } from "react-i18next";

import { useEditor, useEditorScope, useVerbs } from "@/canvas/state/EditorContext";
import type { EditorState, Spot } from "@/canvas/state/store";
import { type NodeType, searchTypes, type StepKind } from "@/flow/catalog";
import { mayStand } from "@/flow/legality";
import { StepIcon } from "@/nodes/StepIcon";

import classes from "./Picker.module.css";

const kinds: readonly StepKind[] = ["trigger", "rule", "action"];

/** Handed on to the popover within, though its type does not say so: Esc goes back to the step, a click elsewhere does not. */
const ownEscape = { closeOnEscape: false };

/** The searchable list of steps that may stand at the spot whose + was pressed. */
export function Picker() {
  const picker = useEditor((state) => state.picker);
  return picker && <OpenPicker key={JSON.stringify(picker.spot)} picker={picker} />;
}

function OpenPicker({ picker }: { picker: NonNullable<EditorState["picker"]> }) {
  const { t } = useTranslation("editor");
  const { catalog, editor } = useEditorScope();
  const verbs = useVerbs();
  const listId = useId();
  const [query, setQuery] = useState("");
  const [opener] = useState(() => document.activeElement);
  const close = () => editor.setState({ picker: null });
  const goBack = () => editor.setState({ picker: null, focus: stepAt(picker.spot) ?? editor.getState().selected[0] ?? null });
  const combobox = useCombobox({ opened: true, onDropdownClose: close });
  const { focusSearchInput, selectFirstOption } = combobox;
  useEffect(() => {
    focusSearchInput();
    requestAnimationFrame(() => selectFirstOption());
  }, [focusSearchInput, selectFirstOption]);
  const { spot, at } = picker;
  const found = searchTypes(catalog.values(), query).filter((type) => fits(type, spot));
  // What fits best stands first, with its like: Enter takes it.
  const order = query === "" ? kinds : [...new Set(found.flatMap(({ kind }) => (kind === "group" ? [] : [kind])))];
  const groups = order.map((kind) => ({ kind, types: found.filter((type) => type.kind === kind) }));
  return (
    <Combobox
      store={combobox}
      width={300}
      position="bottom-start"
      shadow="md"
      withinPortal={false}
      floatingStrategy="fixed"
      {...ownEscape}
      onOptionSubmit={(type) => verbs.place(type, spot)}
      classNames={{ dropdown: classes["dropdown"] ?? "" }}
    >
      <Combobox.DropdownTarget>
        <span className={classes["anchor"]} style={{ left: at[0], top: at[1] }} />
      </Combobox.DropdownTarget>
      <Combobox.Dropdown aria-label={t("picker.title")}>
        <Combobox.Search
          role="combobox"
          aria-expanded
          aria-controls={listId}
          value={query}
          onChange={(event) => {
            setQuery(event.currentTarget.value);
            requestAnimationFrame(() => selectFirstOption());
          }}
          placeholder={t("picker.search")}
          aria-label={t("picker.search")}
          onKeyDown={({ key }) => {
            if (key === "Escape") goBack();
            // The list stands at the end of the page: what Tab leads to is beside the step or + that opened it.
            else if (key === "Tab" && opener instanceof HTMLElement) opener.focus();
          }}
          onBlur={close}
        />
        <Combobox.Options id={listId} mah={340} className={classes["options"]} aria-label={t("picker.title")}>
          {groups.map(
            ({ kind, types }) =>
              types.length > 0 && (
                <Combobox.Group key={kind} label={t(`palette.${kind}`)}>
                  {types.map((type) => (
                    <Combobox.Option key={type.key} value={type.key} className={classes["option"]} data-kind={kind}>
                      <StepIcon type={type} size={16} />
                      {type.label}
                    </Combobox.Option>
                  ))}
                </Combobox.Group>
              ),
          )}
          {found.length === 0 && <Combobox.Empty>{t("picker.nothing")}</Combobox.Empty>}
        </Combobox.Options>
      </Combobox.Dropdown>
    </Combobox>
  );
}

/** The step that the new one would follow. */
function stepAt(spot: Spot): string | null {
  if (spot.kind === "free") return null;
  return spot.kind === "edge" ? spot.edge.from : spot.exit.from;
}

function fits(type: NodeType, spot: Spot): boolean {
  return spot.kind === "free" || mayStand(type, spot.kind);
}
