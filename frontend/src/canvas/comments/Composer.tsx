import { Button, Combobox, Group, Textarea, useCombobox } from "@mantine/core";
import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";

import { useEditorScope } from "@/canvas/state/EditorContext";
import { tellOutcome } from "@/ui/feedback/tellOutcome";

import { beingMentioned, fitting, mentionedIn, withMention } from "./mentions";

interface ComposerProps {
  label: string;
  /** The verb on the button. */
  verb: string;
  initial?: string;
  autoFocus?: boolean;
  /** Why it failed is told here, and what was typed stays. */
  onSend: (text: string, mentions: number[]) => Promise<unknown>;
  onCancel?: () => void;
}

/** A field for a comment; @ offers people to mention, Ctrl+Enter sends. */
export function Composer({ label, verb, initial = "", autoFocus = false, onSend, onCancel }: ComposerProps) {
  const { t } = useTranslation(["together", "common"]);
  const people = useEditorScope().vocabulary.users.map(({ id, name, email }) => ({ id, name: name || email }));
  const combobox = useCombobox();
  const field = useRef<HTMLTextAreaElement>(null);
  const [text, setText] = useState(initial);
  const [caret, setCaret] = useState(0);
  const [busy, setBusy] = useState(false);
  const typed = beingMentioned(text, caret);
  const offered = typed === null ? [] : fitting(people, typed);

  const write = (next: string, at: number) => {
    setText(next);
    setCaret(at);
    combobox.openDropdown();
    combobox.selectFirstOption();
  };
  const mention = (id: string) => {
    const person = people.find((each) => String(each.id) === id);
    if (!person) return;
    const next = withMention(text, caret, person);
    write(next.text, next.caret);
    combobox.closeDropdown();
    requestAnimationFrame(() => field.current?.setSelectionRange(next.caret, next.caret));
  };
  const send = () => {
    const wanted = text.trim();
    if (wanted === "" || busy) return;
    setBusy(true);
    const sent = onSend(wanted, mentionedIn(wanted, people)).finally(() => setBusy(false));
    tellOutcome(sent, () => setText(""));
  };

  return (
    <Combobox store={combobox} onOptionSubmit={mention} withinPortal position="bottom-start">
      <Combobox.Target withAriaAttributes={offered.length > 0} withKeyboardNavigation={offered.length > 0}>
        <Textarea
          ref={field}
          aria-label={label}
          placeholder={label}
          description={t("comments.mention")}
          inputWrapperOrder={["input", "description"]}
          autosize
          minRows={2}
          maxRows={8}
          maxLength={2000}
          value={text}
          data-autofocus={autoFocus || undefined}
          autoFocus={autoFocus}
          onChange={(event) => write(event.currentTarget.value, event.currentTarget.selectionStart)}
          onKeyUp={(event) => setCaret(event.currentTarget.selectionStart)}
          onClick={(event) => setCaret(event.currentTarget.selectionStart)}
          onKeyDown={(event) => {
            if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) send();
          }}
        />
      </Combobox.Target>
      <Combobox.Dropdown hidden={offered.length === 0}>
        <Combobox.Options aria-label={t("comments.people")}>
          {offered.map(({ id, name }) => (
            <Combobox.Option key={id} value={String(id)}>
              {name}
            </Combobox.Option>
          ))}
        </Combobox.Options>
      </Combobox.Dropdown>
      <Group justify="flex-end" gap="xs" mt={6}>
        {onCancel && (
          <Button size="compact-sm" variant="default" onClick={onCancel}>
            {t("common:cancel")}
          </Button>
        )}
        <Button size="compact-sm" disabled={text.trim() === ""} loading={busy} onClick={send}>
          {verb}
        </Button>
      </Group>
    </Combobox>
  );
}
