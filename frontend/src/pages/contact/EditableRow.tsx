import { ActionIcon, Group, Text, UnstyledButton } from "@mantine/core";
import { IconCheck, IconX } from "@tabler/icons-react";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";

import { useCan } from "@/api/session";
import { IconButton } from "@/ui/actions/IconButton";
import { problemWords } from "@/ui/feedback/toast";

import classes from "./ContactPage.module.css";

interface EditableRowProps<V> {
  label: string;
  value: V;
  /** The value as it is read. */
  shown: ReactNode;
  /** The input while it is edited. */
  input: (draft: V, setDraft: (value: V) => void) => ReactNode;
  onSave: (value: V) => Promise<unknown>;
}

/** A value that turns into its input on a click: Enter saves, Escape leaves it as it was; a refusal stands below. */
export function EditableRow<V>({ label, value, shown, input, onSave }: EditableRowProps<V>) {
  const { t } = useTranslation(["contact", "common"]);
  const may = useCan()("contacts.edit");
  const [draft, setDraft] = useState<{ value: V } | null>(null);
  const [failure, setFailure] = useState("");
  const close = () => {
    setDraft(null);
    setFailure("");
  };
  const save = async () => {
    if (!draft) return;
    try {
      await onSave(draft.value);
      close();
    } catch (error) {
      setFailure(problemWords(error));
    }
  };
  return (
    <div className={classes["row"]}>
      <dt className={classes["term"]} title={label}>
        {label}
      </dt>
      <dd className={classes["value"]}>
        {!may && <div className={classes["edit"]}>{shown}</div>}
        {may && !draft && (
          <UnstyledButton className={classes["edit"] ?? ""} onClick={() => setDraft({ value })}>
            {shown}
            <span className="visually-hidden">{t("editField", { field: label })}</span>
          </UnstyledButton>
        )}
        {draft && (
          <form
            onSubmit={(event) => {
              event.preventDefault();
              void save();
            }}
          >
            <Group gap={4} wrap="nowrap" align="flex-start" onKeyDown={(event) => event.key === "Escape" && close()}>
              <div style={{ flex: 1, minWidth: 0 }}>{input(draft.value, (next) => setDraft({ value: next }))}</div>
              <ActionIcon type="submit" variant="light" size={30} aria-label={t("common:save")}>
                <IconCheck size={16} />
              </ActionIcon>
              <IconButton name={t("common:cancel")} size={30} onClick={close}>
                <IconX size={16} />
              </IconButton>
            </Group>
            {failure && (
              <Text size="xs" c="var(--cz-bad)" mt={4} role="alert">
                {failure}
              </Text>
            )}
          </form>
        )}
      </dd>
    </div>
  );
}
