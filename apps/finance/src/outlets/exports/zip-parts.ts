import { constants, crc32, deflateRawSync } from 'node:zlib';

/** How far the last entry of a ZIP file is written. */
export interface EntryState {
  readonly crc: number;
  /** Bytes in the file. */
  readonly compressed: number;
  /** Bytes before compression. */
  readonly size: number;
}

const LOCAL_HEADER = 0x04034b50;
const DATA_DESCRIPTOR = 0x08074b50;
const CENTRAL_HEADER = 0x02014b50;
const END_OF_DIRECTORY = 0x06054b50;
const DEFLATED = 8;
/** Bit 3: checksum and sizes follow the data. Bit 11: names are UTF-8. */
const FLAGS = { known: 0x0800, streamed: 0x0808 };
/** 2.0: deflate. */
const VERSION = 20;
/** 1980-01-01, the first day that ZIP knows: the same content makes the same bytes. */
const DOS_DAY = 0x21;

interface Entry extends EntryState {
  readonly path: string;
  readonly offset: number;
  readonly flags: number;
}

/** A ZIP file of whole entries. The same entries make the same bytes. */
export function zipOf(files: readonly (readonly [string, Buffer])[]): Buffer {
  const { entries, bytes } = wholeEntries(files);
  return Buffer.concat([bytes, directoryOf(entries, bytes.length)]);
}

/**
 * A ZIP file (PKWARE APPNOTE 6.3) written in parts by whoever comes next: small entries at once, then one long entry whose state
 * between the parts is a checksum and two sizes. Each part is deflated by itself, and so no window is carried over.
 */
export class PartedZip {
  private readonly entries: readonly Entry[];
  private readonly head: Buffer;

  constructor(
    small: readonly (readonly [string, string])[],
    private readonly longPath: string,
  ) {
    const { entries, bytes } = wholeEntries(small.map(([path, text]) => [path, Buffer.from(text)]));
    this.entries = entries;
    const offset = bytes.length;
    const long = localHeader({ path: longPath, offset, flags: FLAGS.streamed, crc: 0, compressed: 0, size: 0 });
    this.head = Buffer.concat([bytes, long]);
  }

  /** The bytes before the long entry's data. */
  start(): Buffer {
    return this.head;
  }

  /** A part of the long entry. */
  add(text: string, state: EntryState): { bytes: Buffer; state: EntryState } {
    return deflated(text, state, constants.Z_SYNC_FLUSH);
  }

  /** The last part of the long entry and the directory of the file. */
  end(text: string, state: EntryState): Buffer {
    const last = deflated(text, state, constants.Z_FINISH);
    const offset = this.head.length - localHeader({ ...last.state, path: this.longPath, offset: 0, flags: 0 }).length;
    const entries = [...this.entries, { path: this.longPath, offset, flags: FLAGS.streamed, ...last.state }];
    const descriptor = numbers(`4 4 4 4`, [DATA_DESCRIPTOR, last.state.crc, last.state.compressed, last.state.size]);
    const directoryAt = this.head.length + last.state.compressed + descriptor.length;
    return Buffer.concat([last.bytes, descriptor, directoryOf(entries, directoryAt)]);
  }
}

function deflated(text: string, state: EntryState, finishFlush: number): { bytes: Buffer; state: EntryState } {
  const content = Buffer.from(text);
  const bytes = deflateRawSync(content, { finishFlush });
  const crc = crc32(content, state.crc);
  return { bytes, state: { crc, compressed: state.compressed + bytes.length, size: state.size + content.length } };
}

function wholeEntries(files: readonly (readonly [string, Buffer])[]): { entries: Entry[]; bytes: Buffer } {
  const written: Buffer[] = [];
  let offset = 0;
  const entries = files.map(([path, content]) => {
    const data = deflateRawSync(content);
    const sizes = { crc: crc32(content), compressed: data.length, size: content.length };
    const entry = { path, offset, flags: FLAGS.known, ...sizes };
    const header = localHeader(entry);
    written.push(header, data);
    offset += header.length + data.length;
    return entry;
  });
  return { entries, bytes: Buffer.concat(written) };
}

function directoryOf(entries: readonly Entry[], at: number): Buffer {
  const directory = Buffer.concat(entries.map(centralHeader));
  const { length } = entries;
  const end = numbers('4 2 2 2 2 4 4 2', [END_OF_DIRECTORY, 0, 0, length, length, directory.length, at, 0]);
  return Buffer.concat([directory, end]);
}

function localHeader({ path, flags, crc, compressed, size }: Entry): Buffer {
  const name = Buffer.from(path);
  const fields = [LOCAL_HEADER, VERSION, flags, DEFLATED, 0, DOS_DAY, crc, compressed, size, name.length, 0];
  return Buffer.concat([numbers('4 2 2 2 2 2 4 4 4 2 2', fields), name]);
}

function centralHeader({ path, offset, flags, crc, compressed, size }: Entry): Buffer {
  const name = Buffer.from(path);
  const fields = [CENTRAL_HEADER, VERSION, VERSION, flags, DEFLATED, 0, DOS_DAY, crc, compressed, size, name.length];
  return Buffer.concat([
    numbers('4 2 2 2 2 2 2 4 4 4 2', fields),
    numbers('2 2 2 2 4 4', [0, 0, 0, 0, 0, offset]),
    name,
  ]);
}

/** Little-endian numbers of the widths stated, in bytes. */
function numbers(widths: string, values: readonly number[]): Buffer {
  const parts = widths.split(' ').map((width, index) => {
    const bytes = Buffer.alloc(Number(width));
    bytes.writeUIntLE(values[index] ?? 0, 0, bytes.length);
    return bytes;
  });
  return Buffer.concat(parts);
}
