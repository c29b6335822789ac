import { AppError } from '#contracts';
import {
  type CompiledSchema,
  BANK_MESSAGE_SCHEMAS,
  type Iso20022Schema,
  SchemaFault,
} from '../../payments/iso20022/iso20022-schemas';
import { limitExceeded, type XmlHandler, type XmlTag } from '../../files/xml/bounded-xml';

/** The compiled schema of that name. */
export type SchemaOf = (name: Iso20022Schema) => CompiledSchema;

/** Elements that repeat without bound, each kind in the one before it; the first kind in the root of the message. */
const REPEATED: readonly (readonly string[])[] = [
  ['Stmt', 'Ntfctn', 'OrgnlPmtInfAndSts'],
  ['Ntry', 'TxInfAndSts'],
  ['NtryDtls'],
  ['TxDtls'],
];
/** Above them are the document and the root of the message. */
const ROOT_DEPTH = 1;
/** What the validator gets at once: its tree has many times the size. */
const PIECE_CHARACTERS = 128 * 1024;
/** What cannot be divided: one payment of a collective booking or of a status report, or what stands around the entries. */
export const INDIVISIBLE_CHARACTERS_MAX = 1024 * 1024;

/** Text with the line of the file for each of its own lines. */
interface Piece {
  readonly text: string;
  readonly lines: readonly number[];
}

interface OpenElement {
  readonly endTag: string;
  readonly isRepeated: boolean;
  /** Where it begins in the piece. */
  readonly textsAt: number;
  readonly linesAt: number;
  /** What it has before its first repeated child, once that has come. */
  head?: Piece;
  /** Something else stands behind its repeated children. */
  hasTail: boolean;
}

/**
 * Checks a bank's message against its definition while it is read. The validator of libxml2 needs a tree, so it gets the document in
 * pieces, each a document of its own: what stands before the entries, and some of them. The definition lets entries repeat one after
 * the other and demands nothing behind them, so all pieces follow it exactly when the whole does.
 */
export class SchemaCheck implements XmlHandler {
  private readonly enclosing: OpenElement[] = [];
  private schema: { readonly name: Iso20022Schema; readonly compiled: CompiledSchema } | undefined;
  private prefix: Piece = { text: '', lines: [] };
  private texts: string[] = [];
  private lines: number[] = [];
  private characters = 0;

  constructor(
    private readonly schemaOf: SchemaOf,
    private readonly namespace: string,
  ) {}

  open(tag: XmlTag): void {
    if (this.enclosing.length === 0) this.choose(tag);
    if (!this.schema) return;
    const isRepeated = this.isRepeated(tag);
    const parent = this.enclosing.at(-1);
    if (parent && isRepeated) this.beginRepeated(parent, tag);
    else if (parent?.head) parent.hasTail = true;
    const [textsAt, linesAt] = [this.texts.length, this.lines.length];
    // The head of the message begins with the document's own tag.
    const isRoot = this.enclosing.length === ROOT_DEPTH;
    this.enclosing.push({
      endTag: `</${tag.writtenName}>`,
      isRepeated,
      textsAt: isRoot ? 0 : textsAt,
      linesAt: isRoot ? 0 : linesAt,
      hasTail: false,
    });
    if (isRepeated) this.lines.push(tag.line);
    this.write(`${isRepeated ? '\n' : ''}<${tag.writtenName}${attributesOf(tag)}>`);
  }

  text(text: string): void {
    if (this.schema) this.write(escaped(text));
  }

  close(): void {
    const ended = this.enclosing.pop();
    if (this.schema && ended) this.write(ended.endTag);
  }

  /** Checks what is left when the document has ended. */
  finish(): void {
    if (this.schema) this.check();
  }

  private choose({ namespace }: XmlTag): void {
    const definition = namespace.replace(this.namespace, '');
    const name = BANK_MESSAGE_SCHEMAS.find((it) => it === definition);
    if (name) this.schema = { name, compiled: this.schemaOf(name) };
  }

  private isRepeated({ name }: XmlTag): boolean {
    const depth = this.enclosing.length;
    const isInPlace = depth - 1 === ROOT_DEPTH || this.enclosing.at(-1)?.isRepeated === true;
    return isInPlace && (REPEATED[depth - 1 - ROOT_DEPTH]?.includes(name) ?? false);
  }

  private beginRepeated(parent: OpenElement, tag: XmlTag): void {
    if (parent.hasTail) throw this.broken(`Element '${tag.writtenName}': This element is not expected.`, tag.line);
    parent.head ??= {
      text: this.texts.slice(parent.textsAt).join(''),
      lines: this.lines.slice(parent.linesAt),
    };
    if (this.characters < PIECE_CHARACTERS) return;
    this.check();
    const heads = this.enclosing.flatMap(({ head }) => head ?? []);
    this.prefix = { text: heads.map(({ text }) => text).join(''), lines: heads.flatMap(({ lines }) => lines) };
    [this.texts, this.lines, this.characters] = [[], [], 0];
  }

  private check(): void {
    const endTags = this.enclosing.map(({ endTag }) => endTag).reverse();
    try {
      this.schema?.compiled.assertValid([this.prefix.text, ...this.texts, ...endTags].join(''));
    } catch (error) {
      if (!(error instanceof SchemaFault)) throw error;
      const lines = [1, ...this.prefix.lines, ...this.lines];
      throw this.broken(error.message, lines[error.line - 1] ?? 1, error);
    }
  }

  private broken(fault: string, line: number, cause?: SchemaFault): AppError {
    const details = { schema: this.schema?.name ?? '', fault: fault.slice(0, 500), line };
    return new AppError('FINANCE_BANK_MESSAGE_SCHEMA', details, { cause });
  }

  private write(text: string): void {
    this.texts.push(text);
    this.characters += text.length;
    if (this.characters <= INDIVISIBLE_CHARACTERS_MAX) return;
    throw limitExceeded({
      limit: 'indivisibleCharacters',
      max: INDIVISIBLE_CHARACTERS_MAX,
      element: this.enclosing.map(({ endTag }) => endTag.slice(1, -1)).join(''),
      line: this.lines.at(-1) ?? 1,
    });
  }
}

// Line ends are written as references: a line of a piece is a line that this class began.
const REFERENCES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\t': '&#9;',
  '\n': '&#10;',
  '\r': '&#13;',
};

function escaped(text: string): string {
  return text.replace(/[&<>"\t\n\r]/g, (character) => REFERENCES[character] ?? character);
}

function attributesOf({ attributes }: XmlTag): string {
  return [...attributes].map(([name, value]) => ` ${name}="${escaped(value)}"`).join('');
}
