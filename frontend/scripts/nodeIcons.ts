import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

import type { Plugin } from "vite";

const name = "virtual:node-icons";

/** Icon names that the node types under `root` ask for, each once, in order. */
export function iconsIn(root: string): string[] {
  const files = readdirSync(root, { recursive: true, encoding: "utf8" }).filter((file) => file.endsWith(".py"));
  const found = files.flatMap((file) => [...readFileSync(join(root, file), "utf8").matchAll(/^ {4}icon = "(Icon\w+)"$/gm)]);
  return [...new Set(found.map(([, icon = ""]) => icon))].toSorted();
}

/** Bundles just the icons that node types name, so that a new one needs no line in the front end. */
export function nodeIcons(root: string): Plugin {
  return {
    name: "node-icons",
    resolveId: (id) => (id === name ? `\0${name}` : null),
    load: (id) => {
      if (id !== `\0${name}`) return null;
      const icons = iconsIn(root).join(", ");
      return `import { ${icons} } from "@tabler/icons-react";\nexport const nodeIcons = { ${icons} };`;
    },
  };
}
