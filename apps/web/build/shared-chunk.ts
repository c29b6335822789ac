import { resolve } from 'node:path';
import type { Rolldown } from 'vite';

/** Measured over 3 to 40 pages: fewer files for 12 kB more per page; with less the pages carry what they never use. */
const SHARED_FROM = 16;
const ENTRY = resolve(import.meta.dirname, '../src/main.tsx');

/**
 * What several pages share, beyond what every visitor loads, in one file: on a bad line each file more is another wait,
 * and a page had forty of them. What the start needs stays where the bundler puts it, or the start would load all of it.
 */
export function sharedByPages(): Rolldown.CodeSplittingGroup {
  let ofTheStart: ReadonlySet<string> | undefined;
  return {
    name: (id, graph) => {
      ofTheStart ??= importedBy(ENTRY, graph);
      return ofTheStart.has(id) ? null : 'pages';
    },
    minShareCount: SHARED_FROM,
    // Not needed: what such a module imports is shared by as many pages, or is of the start.
    includeDependenciesRecursively: false,
    debugName: 'pages',
  };
}

function importedBy(entry: string, graph: Rolldown.ChunkingContext, found = new Set<string>()): ReadonlySet<string> {
  if (found.has(entry)) return found;
  found.add(entry);
  for (const imported of graph.getModuleInfo(entry)?.importedIds ?? []) importedBy(imported, graph, found);
  return found;
}
