import { unreadable } from './bank-values';

type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'iso-8859-15' | 'windows-1252';

/** What banks declare (XML 1.0, 4.3.3), by its upper-case name; that of Windows has all letters of ISO-8859-1. */
const DECLARED: ReadonlyMap<string, Encoding> = new Map([
  ['UTF-8', 'utf-8'],
  ['US-ASCII', 'utf-8'],
  ['ASCII', 'utf-8'],
  ['ISO-8859-1', 'windows-1252'],
  ['LATIN1', 'windows-1252'],
  ['WINDOWS-1252', 'windows-1252'],
  ['ISO-8859-15', 'iso-8859-15'],
]);
/** The first bytes tell how the declaration can be read (XML 1.0, appendix F). */
const MARKS: readonly (readonly [bytes: readonly number[], encoding: Encoding])[] = [
  [[0xef, 0xbb, 0xbf], 'utf-8'],
  [[0xff, 0xfe], 'utf-16le'],
  [[0xfe, 0xff], 'utf-16be'],
  [[0x3c, 0x00, 0x3f, 0x00], 'utf-16le'],
  [[0x00, 0x3c, 0x00, 0x3f], 'utf-16be'],
];
/** A declaration ends before. */
const HEAD_BYTES = 256;

/** Reads the bytes of an XML file in the encoding that its first bytes and its declaration say. */
export class FileDecoder {
  private head: Buffer | undefined;
  private decoder = new TextDecoder('utf-8', { fatal: true });
  private encoding: Encoding = 'utf-8';
  private isMarked = false;

  /** Where the encoding is known the file is not asked. */
  constructor(known?: 'utf-8') {
    this.head = known === undefined ? Buffer.alloc(0) : undefined;
  }

  /** Whether the file's bytes are UTF-8, so that its text alone gives them back. */
  get isUtf8(): boolean {
    return this.encoding === 'utf-8';
  }

  decode(part: Buffer): string {
    if (!this.head) return this.text(part);
    this.head = Buffer.concat([this.head, part]);
    return this.head.length < HEAD_BYTES ? '' : this.begin(this.head);
  }

  finish(): string {
    return (this.head ? this.begin(this.head) : '') + this.text();
  }

  /** Whether a document may declare that encoding, read as it was. */
  isReadIn(declared: string): boolean {
    if (this.encoding.startsWith('utf-16')) return declared.startsWith('UTF-16');
    return this.isMarked ? declared === 'UTF-8' : DECLARED.get(declared) === this.encoding;
  }

  private begin(head: Buffer): string {
    this.head = undefined;
    const mark = MARKS.find(([bytes]) => bytes.every((byte, index) => head[index] === byte));
    const declared = /^<\?xml[^>]*?\sencoding\s*=\s*["']([A-Za-z0-9._-]+)["']/.exec(head.toString('latin1'))?.[1];
    this.isMarked = mark !== undefined;
    this.encoding = mark?.[1] ?? DECLARED.get(declared?.toUpperCase() ?? 'UTF-8') ?? 'utf-8';
    this.decoder = new TextDecoder(this.encoding, { fatal: true });
    return this.text(head);
  }

  private text(part?: Buffer): string {
    try {
      return part ? this.decoder.decode(part, { stream: true }) : this.decoder.decode();
    } catch {
      // The decoder has no more to tell.
      throw unreadable('/', 'is not in the encoding that it declares');
    }
  }
}
