import { fileURLToPath } from "node:url";

import { defineConfig } from "vite";

import { compressedTwins } from "../scripts/compressedTwins.ts";

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** The script that websites load: one small file without dependencies. */
export default defineConfig({
  root: here("."),
  plugins: [compressedTwins()],
  build: {
    target: "es2020",
    outDir: here("../dist/tracker"),
    emptyOutDir: true,
    sourcemap: false,
    lib: { entry: here("./tracker.ts"), formats: ["iife"], name: "cadenzaTracker", fileName: () => "s.js" },
  },
});
