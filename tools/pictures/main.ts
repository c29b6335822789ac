import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { repositoryRoot } from '#testing/embedded';
import { gatewayUrl } from '../demo/environment';
import { PagesInBrowser } from '../e2e/pages-in-browser';
import { Album } from './album';
import { PAGES, PUBLIC_PAGES } from './pages';
import { picturesOfReadme } from './readme';

const USAGE = `npm run web:pictures -- [folder] [--only <text>] [--language de|en] [--quick] [--readme]

Opens every page of a running "npm start" as the demo's people and photographs it at 360, 768 and 1440 pixels, in German and English,
light and dark, into the folder (.data/pictures). Says what axe finds in it and by how much it is wider than its window; both must be
nothing. --quick leaves all but two looks out; --only takes the pages whose address or person contains the text; --readme renews docs/pictures instead.`;

const LANGUAGES = ['de', 'en'] as const;

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      only: { type: 'string', default: '' },
      language: { type: 'string' },
      quick: { type: 'boolean', default: false },
      readme: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) {
    console.log(USAGE);
    return;
  }
  const pages = await PagesInBrowser.start(gatewayUrl());
  try {
    if (values.readme) await picturesOfReadme(pages, join(repositoryRoot(), 'docs/pictures'));
    else {
      const folder = positionals[0] ?? join(repositoryRoot(), '.data/pictures');
      const languages = LANGUAGES.filter((language) => (values.language ?? language) === language);
      process.exitCode = await photographAll(pages, folder, { languages, only: values.only, isQuick: values.quick });
    }
  } finally {
    await pages.close();
  }
}

interface Choice {
  readonly languages: readonly (typeof LANGUAGES)[number][];
  readonly only: string;
  readonly isQuick: boolean;
}

/** 1 where a page has a fault, else 0. */
async function photographAll(
  pages: PagesInBrowser,
  folder: string,
  { languages, only, isQuick }: Choice,
): Promise<0 | 1> {
  mkdirSync(folder, { recursive: true });
  let faults = 0;
  for (const language of languages) {
    for (const [person, paths] of [['', PUBLIC_PAGES] as const, ...Object.entries(PAGES)]) {
      const chosen = paths.filter((path) => `${person} ${path}`.includes(only));
      if (chosen.length === 0) continue;
      const page = person === '' ? await pages.visit('/', { language }) : await pages.signIn(person, '/', { language });
      const album = new Album(page, folder, [person || 'Besuch', language], isQuick);
      for (const path of chosen) faults += await album.photograph(path);
      await page.context().close();
    }
  }
  for (const complaint of pages.complaints) console.error(complaint);
  console.log(`${faults + pages.complaints.length} faults; the pictures are in ${folder}`);
  return faults + pages.complaints.length === 0 ? 0 : 1;
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
