import { Alert, Group, SegmentedControl, Skeleton } from "@mantine/core";
import { useDocumentTitle } from "@mantine/hooks";
import { IconAlertTriangle } from "@tabler/icons-react";
import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { useSearchParams } from "react-router";

import type { TemplateDraft } from "@/api/mailing";
import { useCan } from "@/api/session";
import { later } from "@/ui/feedback/later";
import { PreviewPane } from "@/ui/mail/PreviewPane";
import { LeaveDialog } from "@/ui/page/LeaveDialog";

import { ClashDialog } from "./ClashDialog";
import { EditorBar } from "./EditorBar";
import classes from "./editor.module.css";
import { EnvelopeField } from "./EnvelopeField";
import { TestPanel } from "./TestPanel";
import { useTemplateForm } from "./useTemplateForm";

// Each is large, and one sees one of them at a time.
const skeleton = <Skeleton height="100%" radius={0} />;
const BlockEditor = later("BlockEditor", async () => (await import("./BlockEditor")).BlockEditor, skeleton);
const CodeEditor = later("CodeEditor", async () => (await import("./CodeEditor")).CodeEditor, skeleton);

interface TemplateEditorProps {
  id: number | null;
  /** What it begins with. */
  draft: TemplateDraft;
  /** The revision it was loaded at; null for one that is not kept yet. */
  revision: number | null;
  /** Called to begin anew with what is kept. */
  onReload: () => void;
  /** Called with its id when it was kept for the first time. */
  onMade: (id: number) => void;
}

/** Edits one template: its head above, below it as blocks, as code, or as a contact would get it. */
export function TemplateEditor({ id, draft, revision, onReload, onMade }: TemplateEditorProps) {
  const { t } = useTranslation("mail");
  const readOnly = !useCan()("mail.edit");
  const settle = useRef<(() => Promise<void>) | null>(null);
  const { form, changed, unsaved, saving, save, other } = useTemplateForm({ id, draft, revision, onMade, settle });
  const [contactId, setContactId] = useState<number | null>(null);
  const [testing, setTesting] = useState(false);
  const { name, ...mail } = form.values;
  useDocumentTitle(`${name} · Cadenza`);
  const { view, views, show } = useView(mail.format, readOnly);
  const open = async (wanted: string) => {
    await settle.current?.();
    show(wanted);
  };
  const test = () => void save().then((saved) => setTesting(saved !== null));
  const preview = <PreviewPane mail={mail} contactId={contactId} onContact={setContactId} />;
  const field = (key: "name" | "subject" | "preheader") => ({
    value: form.values[key],
    error: form.errors[key],
    readOnly,
    onChange: (text: string) => form.setFieldValue(key, text),
  });
  const fault = form.errors["source"];
  return (
    <div className={classes["screen"]}>
      <EditorBar
        name={field("name")}
        state={{ changed, fresh: id === null, saving }}
        onSave={() => void save()}
        onTest={test}
      />
      <div className={classes["envelope"]}>
        <EnvelopeField label={t("subject")} {...field("subject")} />
        <EnvelopeField label={t("preheader")} placeholder={t("preheaderHint")} {...field("preheader")} />
      </div>
      <Group className={classes["views"] ?? ""}>
        <SegmentedControl
          size="xs"
          aria-label={t("views")}
          value={view}
          onChange={(wanted) => void open(wanted)}
          data={views.map((value) => ({ value, label: value === "code" ? mail.format.toUpperCase() : t(`tab.${value}`) }))}
        />
      </Group>
      {fault && (
        <Alert color="red" m="sm" mt={0} icon={<IconAlertTriangle size={16} />} role="alert">
          {fault}
        </Alert>
      )}
      <div className={classes["work"]} data-view={view}>
        {view === "design" && (
          <BlockEditor
            source={mail.source}
            onChange={(source) => form.setFieldValue("source", source)}
            onReady={(made) => {
              settle.current = made;
            }}
          />
        )}
        {view === "code" && (
          <CodeEditor source={mail.source} readOnly={readOnly} onChange={(source) => form.setFieldValue("source", source)} />
        )}
        {view !== "design" && preview}
      </div>
      <TestPanel id={id} opened={testing} onClose={() => setTesting(false)} contactId={contactId} onContact={setContactId} />
      <ClashDialog
        opened={other.clash}
        saving={saving}
        onClose={other.forget}
        onCopy={() => void other.saveCopy()}
        onOverwrite={() => void other.overwrite()}
        onReload={onReload}
      />
      <LeaveDialog unsaved={unsaved} onSave={save} />
    </div>
  );
}

const everyView = ["design", "code", "preview"] as const;
type View = (typeof everyView)[number];

/** Which view is open, kept in the address. HTML has no blocks; who may not edit only looks. */
function useView(format: TemplateDraft["format"], readOnly: boolean) {
  const [params, setParams] = useSearchParams();
  const usable: Record<View, boolean> = { design: !readOnly && format === "mjml", code: !readOnly, preview: true };
  const views = everyView.filter((each) => usable[each]);
  const view = views.find((each) => each === params.get("view")) ?? views[0] ?? "preview";
  const show = (wanted: string) =>
    setParams(
      (before) => {
        const after = new URLSearchParams(before);
        after.set("view", wanted);
        return after;
      },
      { replace: true },
    );
  return { view, views, show };
}
