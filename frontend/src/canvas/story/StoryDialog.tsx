import { Button, Group, Modal, SegmentedControl, Skeleton } from "@mantine/core";
import { IconCopy, IconDownload, IconFileTypePdf, IconPrinter } from "@tabler/icons-react";
import { useMutation, useQuery } from "@tanstack/react-query";
import { Suspense, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";

import { importReached } from "@/api/code";
import { useCatalog, useCheck } from "@/api/editor";
import { useStory } from "@/api/story";
import { useDocument, useEditor, useEditorScope } from "@/canvas/state/EditorContext";
import { drawnOf } from "@/flow/drawn";
import { type GroupedLine, withHeadings } from "@/flow/told";
import { type Language, languageNames, languages } from "@/i18n/languages";
import { useLanguage } from "@/i18n/useLanguage";
import { ErrorState } from "@/ui/feedback/ErrorState";
import { toastDone, toastProblem } from "@/ui/feedback/toast";

import { fetchLetters, lettersIn, styled } from "./letters";
import classes from "./story.module.css";
import { drawPicture, type Picture } from "./svg";

/** What the automation does, as a text in any of the languages and as a picture: to read, print and take along. */
export function StoryDialog() {
  const { t } = useTranslation(["reading", "common"]);
  const { editor } = useEditorScope();
  const opened = useEditor((state) => state.panel === "story");
  const { name } = useDocument();
  return (
    <Modal
      opened={opened}
      onClose={() => editor.setState({ panel: null })}
      size={760}
      title={t("story.title", { name })}
      closeButtonProps={{ "aria-label": t("common:close") }}
      classNames={{ root: classes["dialog"] ?? "" }}
    >
      {/* The texts of another language may be on their way. */}
      <Suspense fallback={<Skeleton height={320} />}>{opened && <Story />}</Suspense>
    </Modal>
  );
}

function Story() {
  const { t } = useTranslation("reading");
  const [language, setLanguage] = useState(useLanguage());
  const document = useDocument();
  const story = useStory(document, language, true);
  const lines = useMemo(() => story.data && withHeadings(story.data, document), [story.data, document]);
  const picture = usePicture(language);
  const copy = () =>
    void navigator.clipboard.writeText(plain(lines ?? [])).then(() => toastDone({ message: t("story.copied") }));
  return (
    <>
      <Group justify="space-between" gap="sm" mb="md" className={classes["tools"] ?? ""}>
        <SegmentedControl
          size="xs"
          aria-label={t("story.language")}
          value={language}
          onChange={(value) => setLanguage(languages.find((each) => each === value) ?? "en")}
          data={languages.map((value) => ({ value, label: languageNames[value] }))}
        />
        <Group gap="xs">
          {"clipboard" in navigator && (
            <Button variant="default" size="compact-md" leftSection={<IconCopy size={16} />} onClick={copy}>
              {t("story.copy")}
            </Button>
          )}
          <Button
            variant="default"
            size="compact-md"
            leftSection={<IconDownload size={16} />}
            component="a"
            href={picture.address}
            download={`${document.name}.svg`}
          >
            {t("story.svg")}
          </Button>
          <PdfButton language={language} lines={lines} picture={picture} />
          <Button variant="default" size="compact-md" leftSection={<IconPrinter size={16} />} onClick={() => window.print()}>
            {t("story.print")}
          </Button>
        </Group>
      </Group>
      {story.isError && <ErrorState error={story.error} onRetry={() => void story.refetch()} />}
      {story.isPending && <Skeleton height={120} />}
      <div className={classes["lines"]} lang={language} data-testid="story">
        {lines?.map(({ depth, node, text, part }, index) => (
          // oxlint-disable-next-line no-array-index-key -- two lines may say the same
          <p key={index} style={{ marginInlineStart: `${String(depth * 1.2)}em` }} data-way={node === null || undefined} data-part={part}>
            {text}
          </p>
        ))}
      </div>
      <img className={classes["picture"]} src={picture.address} alt={t("story.picture")} />
    </>
  );
}

interface PdfButtonProps {
  language: Language;
  lines: readonly GroupedLine[] | undefined;
  picture: Picture;
}

/** Makes the file here, from what is on the screen. */
function PdfButton({ language, lines, picture }: PdfButtonProps) {
  const { t } = useTranslation("reading");
  const { name } = useDocument();
  const made = useMutation({
    mutationFn: async () => {
      const { savePdf } = await importReached(() => import("./pdf"));
      await savePdf({ name, language, lines: lines ?? [], picture });
    },
    onError: toastProblem,
  });
  return (
    <Button
      size="compact-md"
      leftSection={<IconFileTypePdf size={16} />}
      loading={made.isPending}
      disabled={lines === undefined}
      onClick={() => made.mutate()}
    >
      {t("story.pdf")}
    </Button>
  );
}

/** The picture in a language, with an address that an image and a link can have. */
function usePicture(language: Language): Picture & { address: string } {
  const { t } = useTranslation("editor", { lng: language });
  const { catalog: ours } = useEditorScope();
  const known = useCatalog(language).data ?? ours;
  const whole = useDocument();
  const check = useCheck(whole, language).data;
  const looks = useEditor((state) => state.looks);
  const { document, catalog, cards } = useMemo(() => drawnOf(whole, known, looks), [known, looks, whole]);
  const picture = useMemo(() => {
    const held = [...cards].map(([card, { nodes }]) => [card, t("edit.steps", { count: nodes.length })] as const);
    return drawPicture(document, catalog, {
      kind: (kind) => t(`kind.${kind}`),
      type: (key) => cards.get(key)?.name ?? catalog.get(key)?.label ?? t("step.unknown"),
      summaries: { ...check?.summaries, ...Object.fromEntries(held) },
    });
  }, [cards, catalog, check, document, t]);
  const needed = lettersIn(picture.svg);
  // Until they are there, or while the server is away, the picture has those of the machine.
  const letters = useQuery({
    queryKey: ["letters", ...needed.map(({ file }) => file)],
    queryFn: () => fetchLetters(needed),
    staleTime: Infinity,
  }).data;
  return useMemo(() => {
    const svg = letters === undefined ? picture.svg : styled(picture.svg, letters);
    return { ...picture, address: `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}` };
  }, [letters, picture]);
}

function plain(lines: readonly GroupedLine[]): string {
  return lines.map(({ depth, text, part }) => "  ".repeat(depth) + (part === "heading" ? `— ${text} —` : text)).join("\n");
}
