import { inflateSync } from 'node:zlib';

/** The text that a PDF of ours shows: one line per piece that is tagged by itself, such as a cell of a table. */
export function pdfText(file: Buffer): string {
  return pdfPages(file).join('\n');
}

/** The same page by page, in the order in which it is written. */
export function pdfPages(file: Buffer): string[] {
  const text = file.toString('latin1');
  const objects = new Map(
    [...text.matchAll(/(\d+) 0 obj\n([^]*?)\nendobj/g)].map(([, id = '', body = '']) => [id, body]),
  );
  const get = (from: string, member: string) =>
    objects.get(new RegExp(`/${member} (\\d+) 0 R`).exec(from)?.[1] ?? '') ?? '';
  return [...objects.values()]
    .filter((body) => /\/Type \/Page\b/.test(body))
    .map((page) => {
      const fonts = /\/Font <<([^>]*)>>/.exec(get(page, 'Resources'))?.[1] ?? '';
      const letters = new Map(
        [...fonts.matchAll(/\/(F\d+) (\d+) 0 R/g)].map(([, name = '', id = '']) => [
          name,
          lettersOf(streamOf(get(objects.get(id) ?? '', 'ToUnicode'))),
        ]),
      );
      return drawn(streamOf(get(page, 'Contents')), letters);
    });
}

function streamOf(object: string): string {
  const start = object.indexOf('stream\n') + 'stream\n'.length;
  const bytes = Buffer.from(object.slice(start, object.lastIndexOf('\nendstream')), 'latin1');
  return (object.includes('/FlateDecode') ? inflateSync(bytes) : bytes).toString('latin1');
}

/** What each glyph of a font stands for, as the file itself says for those who copy from it. */
function lettersOf(map: string): Map<string, string> {
  const letters = new Map<string, string>();
  for (const [, first = '', list = ''] of map.matchAll(/<([0-9a-f]+)> <[0-9a-f]+> \[([^\]]*)\]/g)) {
    for (const [index, [, hex = '']] of [...list.matchAll(/<([0-9a-f ]*)>/g)].entries()) {
      const glyph = (parseInt(first, 16) + index).toString(16).padStart(4, '0');
      letters.set(glyph, Buffer.from(hex.replaceAll(' ', ''), 'hex').swap16().toString('utf16le'));
    }
  }
  return letters;
}

function drawn(content: string, letters: ReadonlyMap<string, ReadonlyMap<string, string>>): string {
  let text = '';
  let font: ReadonlyMap<string, string> | undefined;
  let line = '';
  for (const [operation, name, y, pieces] of content.matchAll(
    /BDC|BMC|\/(F\d+) [\d.]+ Tf|1 0 0 1 [\d.]+ ([\d.]+) Tm|\[([^\]]*)\] TJ/g,
  )) {
    if (name !== undefined) font = letters.get(name);
    else if (y !== undefined) {
      if (y !== line && line !== '') text += ' ';
      line = y;
    } else if (pieces !== undefined) {
      for (const [, hex = ''] of pieces.matchAll(/<([0-9a-f]*)>/g))
        text += (hex.match(/.{4}/g) ?? []).map((glyph) => font?.get(glyph) ?? '').join('');
    } else if (operation) {
      text += '\n';
      line = '';
    }
  }
  return text;
}
