import { ActionIcon, Button, TextInput } from "@mantine/core";
import { IconArrowLeft, IconMailForward } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";

import { hint } from "@/ui/hint/hint";

import classes from "./editor.module.css";

interface EditorBarProps {
  name: { value: string; error?: ReactNode; readOnly: boolean; onChange: (text: string) => void };
  /** `fresh`: it was never saved. */
  state: { changed: boolean; fresh: boolean; saving: boolean };
  onSave: () => void;
  onTest: () => void;
}

/** The bar above a template: its name, whether it is saved, and what can be done with it. */
export function EditorBar({ name, state: { changed, fresh, saving }, onSave, onTest }: EditorBarProps) {
  const { t } = useTranslation(["mail", "common"]);
  const waiting = changed || fresh;
  return (
    <header className={classes["bar"]}>
      <ActionIcon component={Link} to="/templates" variant="subtle" color="gray" aria-label={t("back")} {...hint(t("title"))}>
        <IconArrowLeft size={18} />
      </ActionIcon>
      <h1 className={classes["heading"]}>
        <TextInput
          variant="unstyled"
          aria-label={t("name")}
          maxLength={200}
          {...name}
          onChange={(event) => name.onChange(event.currentTarget.value)}
        />
      </h1>
      {!name.readOnly && (
        <>
          <span className={classes["state"]} role="status">
            {t(waiting ? "unsaved" : "allSaved")}
          </span>
          <Button variant="default" leftSection={<IconMailForward size={16} />} onClick={onTest}>
            {t(waiting ? "test.saveAndOpen" : "test.open")}
          </Button>
          <Button onClick={onSave} loading={saving} disabled={!waiting} {...hint("Ctrl S")}>
            {t("common:save")}
          </Button>
        </>
      )}
    </header>
  );
}
