import type { Rolldown } from "vite";

type ChunkingContext = Rolldown.ChunkingContext;

const own = /[\\/]src[\\/]/u;

/** Names the modules of our own that `entry` cannot do without, however deep: what it shares with others comes in one file. */
export function needing(entry: string, name: string) {
  let needed: ReadonlySet<string> | undefined;
  return (module: string, context: ChunkingContext): string | null => {
    needed ??= closure(entry, context);
    return needed.has(module) ? name : null;
  };
}

function closure(entry: string, context: ChunkingContext): ReadonlySet<string> {
  if (!context.getModuleInfo(entry)) throw new Error(`No module ${entry}: was the file renamed or moved?`);
  const found = new Set([entry]);
  for (const module of found) {
    for (const imported of context.getModuleInfo(module)?.importedIds ?? []) {
      if (own.test(imported)) found.add(imported);
    }
  }
  return found;
}
