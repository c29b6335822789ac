import type { Plugin } from 'vite';

export interface KeptFiles {
  readonly files: readonly string[];
}

/** The pages that can be opened without a line, with all that they load; their texts in every language. */
const OFFLINE = [
  /\/src\/api\/sendable\.ts$/,
  /\/src\/(reports|funds\/proofs)\/[\w-]+\.tsx$/,
  /\/src\/(i18n\/common|home\/texts|reports\/texts|funds\/proofs\/texts|funds\/texts)\/\w+\.ts$/,
  /\/src\/home\/home\.tsx$/,
  /\/index\.html$/,
];

/** Lists for the service worker what it has to keep. */
export function keptFiles(): Plugin {
  return {
    name: 'kept-files',
    apply: 'build',
    generateBundle(_options, bundle) {
      const files = new Set<string>(['favicon.svg']);
      const take = (name: string): void => {
        const chunk = bundle[name];
        if (files.has(name) || chunk?.type !== 'chunk') return;
        files.add(name);
        const { importedCss, importedAssets } = chunk.viteMetadata ?? {};
        for (const asset of [...(importedCss ?? []), ...(importedAssets ?? [])]) files.add(asset);
        for (const imported of chunk.imports) take(imported);
      };
      for (const [name, chunk] of Object.entries(bundle))
        if (chunk.type === 'chunk' && OFFLINE.some((each) => each.test(chunk.facadeModuleId ?? ''))) take(name);
      const kept: KeptFiles = { files: [...files].sort().map((file) => `/${file}`) };
      this.emitFile({ type: 'asset', fileName: 'kept-files.json', source: JSON.stringify(kept) });
    },
  };
}
