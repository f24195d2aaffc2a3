import {
  type CSSVariablesResolver,
  type VariantColorsResolver,
  createTheme,
  defaultVariantColorsResolver,
} from "@mantine/core";

import { bestFirst } from "@/ui/fields/bestFirst";
import { typeAhead } from "@/ui/fields/typeAhead";
import { noteTyping, takeTyped } from "@/ui/fields/typedOption";

const softTones: Record<string, string> = { red: "bad", teal: "ok", yellow: "warn", blue: "accent", iris: "accent" };

/** Tinted surfaces (alerts, light buttons, avatars) in our own tones instead of the library's stronger ones. */
const variantColorResolver: VariantColorsResolver = (input) => {
  const colors = defaultVariantColorsResolver(input);
  const tone = softTones[input.color ?? input.theme.primaryColor];
  if (!tone || (input.variant !== "light" && input.variant !== "subtle")) return colors;
  const text = tone === "accent" ? "var(--cz-accent-text)" : `var(--cz-${tone})`;
  const soft = `var(--cz-${tone}-soft)`;
  const background = input.variant === "light" ? soft : "transparent";
  return { ...colors, background, hover: soft, color: text, border: "1px solid transparent" };
};

const choosing = { size: "sm", checkIconPosition: "right", selectFirstOptionOnChange: true, filter: bestFirst, onInputCapture: noteTyping };

/**
 * What is put on the page itself makes it wider while it looks for its place. A phone then zooms out, which moves what it
 * belongs to, and it looks again, without an end.
 */
const withinScreen = { floatingStrategy: "fixed" } as const;

/** Neutral surfaces and one accent; the values stand in tokens.css, so that plain CSS and Mantine agree. */
export const theme = createTheme({
  primaryColor: "iris",
  primaryShade: { light: 7, dark: 6 },
  colors: {
    iris: ["#eef0ff", "#dfe2ff", "#bfc4fb", "#9ca3f6", "#7f87f0", "#686fe9", "#565de2", "#4a50d2", "#3f44b4", "#343894"],
    gray: ["#fafafb", "#f4f4f6", "#e9e9ed", "#dcdce2", "#c6c6cf", "#9c9ca8", "#6a6a77", "#52525e", "#34343d", "#1b1b21"],
    dark: ["#ececf0", "#c9c9d1", "#a3a3ae", "#858592", "#3b3b45", "#2f2f37", "#202026", "#18181c", "#141417", "#111114"],
  },
  fontFamily: '"Inter Variable", system-ui, -apple-system, "Segoe UI", Roboto, sans-serif',
  fontFamilyMonospace: 'ui-monospace, "SF Mono", "Cascadia Code", Menlo, Consolas, monospace',
  headings: {
    fontWeight: "620",
    sizes: {
      h1: { fontSize: "1.375rem", lineHeight: "1.3" },
      h3: { fontSize: "1.125rem", lineHeight: "1.4" },
      h4: { fontSize: "1rem", lineHeight: "1.4" },
      h5: { fontSize: "0.875rem", lineHeight: "1.4" },
    },
  },
  fontSizes: { xs: "0.75rem", sm: "0.8125rem", md: "0.875rem", lg: "1rem", xl: "1.125rem" },
  defaultRadius: "md",
  radius: { xs: "4px", sm: "6px", md: "8px", lg: "12px", xl: "16px" },
  cursorType: "pointer",
  respectReducedMotion: true,
  variantColorResolver,
  components: {
    Alert: { styles: { message: { color: "inherit" } } },
    Button: { defaultProps: { size: "sm" } },
    TextInput: { defaultProps: { size: "sm" } },
    NumberInput: { defaultProps: { size: "sm" } },
    // To choose what is chosen is no wish to be without it; who may be without is offered a button for that.
    Select: { defaultProps: { ...choosing, allowDeselect: false, onKeyDownCapture: typeAhead } },
    MultiSelect: { defaultProps: { ...choosing, onKeyDownCapture: takeTyped } },
    Textarea: { defaultProps: { size: "sm", autosize: true, minRows: 2 } },
    // A closed dialog is gone at once: the next key is meant for what lies behind. With any duration, the library would take
    // it away a task later, and a quick hand's key comes before. How it appears stands in global.css.
    Modal: { defaultProps: { overlayProps: { backgroundOpacity: 0.35 }, transitionProps: { duration: 0 } }, styles: { title: { fontWeight: 600, fontSize: "1rem", lineHeight: 1.35 } } },
    Menu: { defaultProps: { shadow: "md", position: "bottom-end" } },
    // Also what menus and the lists of fields are made of.
    Popover: { defaultProps: { shadow: "md", ...withinScreen }, styles: { dropdown: { maxWidth: "calc(100vw - 10px)" } } },
    Tooltip: { defaultProps: withinScreen },
    Tabs: { styles: { list: { "--tab-border-color": "var(--cz-line)" } } },
    Skeleton: { defaultProps: { radius: "sm" } },
  },
});

export const cssVariablesResolver: CSSVariablesResolver = () => {
  const shared = {
    "--mantine-color-body": "var(--cz-surface)",
    "--mantine-color-text": "var(--cz-text)",
    "--mantine-color-dimmed": "var(--cz-text-3)",
    "--mantine-color-placeholder": "var(--cz-text-3)",
    "--mantine-color-default-border": "var(--cz-line-strong)",
    "--mantine-color-error": "var(--cz-bad)",
    "--mantine-color-anchor": "var(--cz-accent-text)",
  };
  return { variables: {}, light: shared, dark: shared };
};
