import { inflateSync } from 'node:zlib';

const WOFF = { header: 44, entry: 20, tables: 12, flavor: 4 };
const SFNT = { header: 12, entry: 16 };

/**
 * A font as it was before it was packed for the web (WOFF File Format 1.0): what embeds it reads its tables many times, and would
 * unpack them each time.
 */
export function unpackedFont(woff: Buffer): Buffer {
  const count = woff.readUInt16BE(WOFF.tables);
  const head = Buffer.alloc(SFNT.header + count * SFNT.entry);
  head.writeUInt32BE(woff.readUInt32BE(WOFF.flavor), 0);
  head.writeUInt16BE(count, 4);
  const tables: Buffer[] = [];
  let offset = head.length;
  for (let index = 0; index < count; index++) {
    const entry = woff.subarray(WOFF.header + index * WOFF.entry);
    const [start, packed, length] = [4, 8, 12].map((at) => entry.readUInt32BE(at)) as [number, number, number];
    const stored = woff.subarray(start, start + packed);
    const table = packed < length ? inflateSync(stored) : stored;
    const at = SFNT.header + index * SFNT.entry;
    entry.copy(head, at, 0, 4);
    entry.copy(head, at + 4, 16, 20);
    head.writeUInt32BE(offset, at + 8);
    head.writeUInt32BE(length, at + 12);
    const padded = Buffer.concat([table, Buffer.alloc(-length & 3)]);
    tables.push(padded);
    offset += padded.length;
  }
  return Buffer.concat([head, ...tables]);
}
