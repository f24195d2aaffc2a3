import { Button, Group, Popover, TextInput } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { useEditor, useEditorScope, useVerbs } from "@/canvas/state/EditorContext";
import type { EditorState } from "@/canvas/state/store";
import { LONGEST_NAME } from "@/flow/groups";

import classes from "./ContextMenu.module.css";

/** Asks what a group shall be called, below its first step. */
export function NamingPopover() {
  const naming = useEditor((state) => state.naming);
  return naming && <Naming naming={naming} />;
}

function Naming({ naming: { name: before, ids, at } }: { naming: NonNullable<EditorState["naming"]> }) {
  const { t } = useTranslation("editor");
  const { editor } = useEditorScope();
  const verbs = useVerbs();
  const [name, setName] = useState(before);
  const close = () => editor.setState({ naming: null, focus: verbs.shownAs(ids[0] ?? "") });
  return (
    <Popover
      opened
      onDismiss={close}
      trapFocus
      position="bottom-start"
      shadow="md"
      withinPortal={false}
      floatingStrategy="fixed"
      offset={2}
    >
      <Popover.Target>
        <button type="button" tabIndex={-1} aria-hidden className={classes["anchor"]} style={{ left: at[0], top: at[1] }} />
      </Popover.Target>
      <Popover.Dropdown aria-label={t("group.name")} className={classes["naming"] ?? ""}>
        <form
          onSubmit={(event) => {
            event.preventDefault();
            verbs.finishNaming(name);
          }}
        >
          <Group gap="xs" align="end" wrap="nowrap">
            <TextInput
              data-autofocus
              flex={1}
              label={t("group.name")}
              maxLength={LONGEST_NAME}
              value={name}
              onChange={(event) => setName(event.currentTarget.value)}
              onFocus={(event) => event.currentTarget.select()}
            />
            <Button type="submit" disabled={name.trim() === ""}>
              {t("group.save")}
            </Button>
          </Group>
        </form>
      </Popover.Dropdown>
    </Popover>
  );
}
