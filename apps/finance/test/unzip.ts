import assert from 'node:assert/strict';
import { crc32, inflateRawSync } from 'node:zlib';

/** Reads a ZIP file as readers do, from its directory at the end, and checks every checksum and size (PKWARE APPNOTE 6.3). */
export function unzipped(file: Buffer): Record<string, string> {
  const end = file.length - 22;
  assert.equal(file.readUInt32LE(end), 0x06054b50, 'no end of directory');
  const count = file.readUInt16LE(end + 10);
  const directoryAt = file.readUInt32LE(end + 16);
  assert.equal(directoryAt + file.readUInt32LE(end + 12), end, 'the directory does not end where it says');
  const entries: Record<string, string> = {};
  let at = directoryAt;
  for (let index = 0; index < count; index++) {
    assert.equal(file.readUInt32LE(at), 0x02014b50, 'no directory entry');
    const [crc, compressed, size] = [16, 20, 24].map((offset) => file.readUInt32LE(at + offset)) as [
      number,
      number,
      number,
    ];
    const nameLength = file.readUInt16LE(at + 28);
    const path = file.toString('utf8', at + 46, at + 46 + nameLength);
    const header = file.readUInt32LE(at + 42);
    assert.equal(file.readUInt32LE(header), 0x04034b50, 'no entry where the directory says');
    const dataAt = header + 30 + file.readUInt16LE(header + 26);
    const content = inflateRawSync(file.subarray(dataAt, dataAt + compressed));
    assert.deepEqual([content.length, crc32(content)], [size, crc], `${path} is damaged`);
    entries[path] = content.toString('utf8');
    at += 46 + nameLength;
  }
  return entries;
}
