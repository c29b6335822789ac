import { inflateSync } from 'node:zlib';

/** The text that a PDF of ours shows: its content streams, unpacked, and the strings that they draw with the built-in fonts. */
export function pdfText(file: Buffer): string {
  const text: string[] = [];
  for (let at = file.indexOf('stream\n'); at >= 0; at = file.indexOf('stream\n', at)) {
    const start = at + 'stream\n'.length;
    const end = file.indexOf('\nendstream', start);
    text.push(...drawn(file.subarray(start, end)));
    at = end + '\nendstream'.length;
  }
  return text.join('\n');
}

function drawn(stream: Buffer): string[] {
  const content = stream[0] === 0x78 ? inflateSync(stream).toString('latin1') : '';
  return [...content.matchAll(/\[([^\]]*)\] TJ/g)].map(([, pieces = '']) =>
    [...pieces.matchAll(/<([0-9a-f]*)>/g)].map(([, hex = '']) => Buffer.from(hex, 'hex').toString('latin1')).join(''),
  );
}
