import { posix } from 'node:path';

/** Text of the pages and of whatever may cite them, by path from the repository's root. */
export type Files = ReadonlyMap<string, string>;

// An address elsewhere is taken whole, so that a page in it is not looked for here; links are looked at by themselves.
const MENTION = /\bhttps?:\/\/\S+|(?<![\w./@-]|\]\()((?:[\w.@-]+\/)*[\w.-]*\w\.md)\b(?:#([\p{L}\p{N}_-]+))?(?!\]\()/gu;
const LINK = /\]\((?!\w+:)([^)\s#]*)(?:#([^)\s]+))?\)/g;
const PLACE = /`((?:apps|libs|tools|deploy|docs)\/[\w./-]+)`/g;
const RECORD = /\bADR[ -](\d{1,4})\b/g;
/** Numbers of a page that was never shipped: pages here are cited by heading. */
const NUMBER_AFTER = /^,? (?:sections? |facts? |threats? )?[RT]?\d/;
const UNSHIPPED = /\b(?:domain|design) (?:reference|page)\b/gi;

/** What cites a page, a heading, a place or a record that the repository does not have, each as `path:line: what is wrong`. */
export function deadCitations(files: Files): string[] {
  const headings = new Map([...files].filter(([path]) => isPage(path)).map(([path, text]) => [path, headingsOf(text)]));
  const folders = new Set([...files.keys()].flatMap(foldersOf));
  const exists = (path: string) => files.has(path) || folders.has(path);

  const faultOf = (target: string | undefined, written: string, heading: string | undefined) => {
    if (target === undefined) return `there is no ${written}`;
    if (heading === undefined || !isPage(target) || headings.get(target)?.has(heading)) return undefined;
    return `${target} has no heading #${heading}`;
  };

  const faultsIn = (path: string, line: string): (string | undefined)[] => {
    const beside = (written: string) => posix.join(posix.dirname(path), written);
    const mentions = [...line.matchAll(MENTION)].flatMap(({ 0: whole, 1: written, 2: heading, index }) => {
      if (written === undefined) return [];
      if (NUMBER_AFTER.test(line.slice(index + whole.length))) {
        return [`${written} is cited by a number, not by a heading`];
      }
      const target = [beside(written), posix.normalize(written)].find(exists);
      return [faultOf(target, written, heading)];
    });
    const links = isPage(path)
      ? [...line.matchAll(LINK)].map(([, written = '', heading]) => {
          const target = written === '' ? path : beside(written).replace(/\/$/, '');
          return faultOf(exists(target) ? target : undefined, written, heading);
        })
      : [];
    const places = [...line.matchAll(PLACE)].map(([, written = '']) =>
      exists(written.replace(/\/$/, '')) ? undefined : `there is no ${written}`,
    );
    const records = [...line.matchAll(RECORD)].map(([written, number = '']) => {
      const start = `docs/adr/${number.padStart(4, '0')}-`;
      return [...files.keys()].some((file) => file.startsWith(start)) ? undefined : `there is no ${written}`;
    });
    const unshipped = [...line.matchAll(UNSHIPPED)].map(([written]) => `"${written}" is no page of the repository`);
    return [...mentions, ...links, ...places, ...records, ...unshipped];
  };

  return [...files].flatMap(([path, text]) =>
    text
      .split('\n')
      .flatMap((line, index) =>
        [...new Set(faultsIn(path, line))]
          .filter((fault) => fault !== undefined)
          .map((fault) => `${path}:${index + 1}: ${fault}`),
      ),
  );
}

/** The anchors of a page's headings, as code hosts make them. */
export function headingsOf(page: string): ReadonlySet<string> {
  const found = new Set<string>();
  const withoutCode = page.replace(/^ *```[\s\S]*?^ *```/gm, '');
  for (const [, title = ''] of withoutCode.matchAll(/^#{1,6} +(.+?) *#*$/gm)) {
    const text = title.replace(/\[([^\]]*)\]\([^)]*\)/g, '$1').toLowerCase();
    const anchor = text.replace(/[^\p{L}\p{N}\p{M}\s_-]/gu, '').replace(/\s/g, '-');
    let unique = anchor;
    for (let count = 1; found.has(unique); count++) unique = `${anchor}-${count}`;
    found.add(unique);
  }
  return found;
}

function isPage(path: string): boolean {
  return path.endsWith('.md');
}

function foldersOf(path: string): string[] {
  const folder = posix.dirname(path);
  return folder === '.' ? [folder] : [folder, ...foldersOf(folder)];
}
