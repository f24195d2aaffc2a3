import { fileURLToPath } from "node:url";

import { defineConfig, type LibraryOptions } from "vite";

import { compressedTwins } from "../scripts/compressedTwins.ts";

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** Each a small file without dependencies: what pages load, what that loads for web push, what shows it, and forms. */
const scripts: Record<string, LibraryOptions> = {
  page: { entry: here("./tracker.ts"), formats: ["iife"], name: "cadenzaTracker", fileName: () => "s.js" },
  push: { entry: here("./push.ts"), formats: ["es"], fileName: () => "p.js" },
  form: { entry: here("./form.ts"), formats: ["iife"], name: "cadenzaForm", fileName: () => "f.js" },
  worker: { entry: here("./worker/worker.ts"), formats: ["iife"], name: "cadenzaWorker", fileName: () => "sw.js" },
};

export default defineConfig(({ mode }) => ({
  root: here("."),
  plugins: [compressedTwins()],
  build: {
    target: "es2020",
    outDir: here("../dist/tracker"),
    emptyOutDir: mode === "page",
    sourcemap: false,
    lib: scripts[mode] ?? false,
  },
}));
