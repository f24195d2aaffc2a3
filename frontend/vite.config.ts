/// <reference types="vitest/config" />
import { fileURLToPath } from "node:url";

import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

import { needing } from "./scripts/closure.ts";
import { compressedTwins } from "./scripts/compressedTwins.ts";
import { nodeIcons } from "./scripts/nodeIcons.ts";
import { stylesLast } from "./scripts/stylesLast.ts";
import { editorTexts } from "./src/ui/editorAt.ts";

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const backend = process.env["CADENZA_BACKEND"] ?? "http://127.0.0.1:8000";

/** What several pages need comes in a few files: of more than a hundred, asking for each would take longer than fetching. */
const shared = [
  { name: "icons", test: /@tabler/u, minShareCount: 2 },
  { name: "common", minShareCount: 12 },
  { name: "small", minShareCount: 5, maxModuleSize: 8000 },
  { name: languageOfEditor },
  { name: needing(here("./src/app/SignedIn.tsx"), "frame"), minShareCount: 2 },
  {
    name: needing(here("./src/canvas/EditorPage.tsx"), "editor"),
    test: /[\\/]src[\\/](api|app|flow|nodes|ui)[\\/]/u,
    minShareCount: 2,
  },
  {
    name: "parts",
    test: /@mantine|[\\/]src[\\/](api|app|flow|nodes|ui)[\\/]/u,
    minShareCount: 2,
    entriesAware: true,
    entriesAwareMergeThreshold: 2_000,
  },
];

/** The texts that the editor begins with come together. */
function languageOfEditor(module: string): string | null {
  const [, language, name = ""] = /[\\/]i18n[\\/](\w+)[\\/]([\w-]+)\.json/u.exec(module) ?? [];
  return (editorTexts as readonly string[]).includes(name) ? `editor-${language}` : null;
}

/** Without the names of all pages that have a part in common. */
const chunkFileNames = ({ name }: { name: string }) => `assets/${name.replace(/~.*/u, "")}-[hash].js`;

export default defineConfig({
  plugins: [react(), nodeIcons(here("../nodes")), stylesLast(), compressedTwins()],
  resolve: {
    alias: {
      "@": here("./src"),
      "@rjsf/validator-ajv8": here("./no-ajv.ts"),
    },
  },
  server: { proxy: { "/api": backend, "/v3": backend, "/hooks": backend, "/f": backend, "/t": backend, "/w": backend } },
  build: {
    target: "baseline-widely-available",
    sourcemap: false,
    assetsInlineLimit: 0,
    manifest: true,
    chunkSizeWarningLimit: 800,
    rolldownOptions: { output: { codeSplitting: { groups: shared }, chunkFileNames } },
  },
  test: {
    environment: "happy-dom",
    include: ["src/**/*.test.{ts,tsx}"],
    setupFiles: ["./src/test/setup.ts"],
    // Its modules name files without their endings, which only a bundler understands.
    server: { deps: { inline: [/@rjsf/] } },
  },
});
