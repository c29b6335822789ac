import { type SaxesAttributeNSIncomplete, SaxesParser, type SaxesTagNS } from 'saxes';
import { AppError } from '#contracts';

/** What a document may have at most, counted while it is read: characters are UTF-16 code units, as in a string. */
export interface XmlLimits {
  /** Elements within each other. */
  readonly depth: number;
  /** Elements of the whole document, comments and processing instructions counted with them. */
  readonly elements: number;
  /** Of one element, namespace declarations included. */
  readonly attributes: number;
  readonly nameCharacters: number;
  readonly attributeCharacters: number;
  /** Of the text between two tags. */
  readonly textCharacters: number;
  readonly commentCharacters: number;
}

/** An element as it opens. */
export interface XmlTag {
  /** Without prefix in the document's own namespace, with it in another one. */
  readonly name: string;
  readonly namespace: string;
  readonly attributes: ReadonlyMap<string, string>;
  /** As the document writes it, with its prefix. */
  readonly writtenName: string;
  readonly line: number;
}

/** Told of a document piece by piece, in its order. */
export interface XmlHandler {
  open(tag: XmlTag): void;
  text(text: string): void;
  close(): void;
  comment?(comment: string): void;
}

/** Encodings that agree with UTF-8 on what ASCII has; a file that declares another one than UTF-8 must stay within it. */
const ASCII_SUPERSETS = new Set(['US-ASCII', 'ASCII', 'ISO-8859-1', 'ISO-8859-15', 'WINDOWS-1252']);
const BEYOND_ASCII = /[^\0-\x7f]/;
/** What goes to the parser at once: a tag or text that never ends is found after one such piece. */
const PIECE_CHARACTERS = 4096;
/** One character may be written with as many: `&#x10FFFF;`. */
const REFERENCE_CHARACTERS = 10;

/**
 * Reads XML 1.0 while it arrives and builds nothing: memory and work are those of one tag or text, whatever the size of the file.
 * Refuses what is not well-formed, a document type, another XML version, an encoding that is not ours, and whatever is above a
 * limit (FINANCE_FILE_LIMIT_EXCEEDED, which names limit, element, line and column).
 */
export class BoundedXml {
  private readonly parser = new SaxesParser({ xmlns: true, position: true });
  private readonly names: string[] = [];
  private namespace: string | undefined;
  private elements = 0;
  private attributes = 0;
  private lastEventAt = 0;
  private mustBeAscii = false;

  constructor(
    private readonly limits: XmlLimits,
    private readonly handler: XmlHandler,
    /** The refusal of a file that cannot be read. */
    private readonly unreadable: (path: string, detail: string) => AppError,
    /** Whether the text was read in the encoding that the document declares; else it has to be UTF-8, or ASCII. */
    private readonly isReadIn?: (encoding: string) => boolean,
  ) {
    this.watchMarkup();
    this.watchContent();
  }

  push(text: string): void {
    for (let start = 0; start < text.length; start += PIECE_CHARACTERS) {
      const piece = text.slice(start, start + PIECE_CHARACTERS);
      this.attempt(() => this.parser.write(piece));
      if (this.mustBeAscii && BEYOND_ASCII.test(piece))
        throw this.faulty('has characters that its encoding leaves open');
      this.checkUnended();
    }
  }

  /** The end of the document; refused when something is still open. */
  finish(): void {
    this.attempt(() => this.parser.close());
  }

  /** `/Document/BkToCstmrStmt`: where the reading is. */
  get path(): string {
    return `/${this.names.join('/')}`;
  }

  /** The refusal of what is above a limit, with the place in the file. */
  exceeded(limit: string, max: number, element = this.path): AppError {
    const { line, column } = this.parser;
    return limitExceeded({ limit, max, element, line, column });
  }

  private watchMarkup(): void {
    const { parser, limits } = this;
    parser.on('xmldecl', ({ version, encoding }) => this.declare(version, encoding));
    parser.on('doctype', () => {
      throw this.faulty('a document type is not accepted');
    });
    parser.on('opentagstart', ({ name }) => {
      this.lastEventAt = parser.position;
      this.checkLength(name, 'nameCharacters');
      if (this.names.length >= limits.depth) throw this.exceeded('depth', limits.depth);
      this.count();
      this.attributes = 0;
      this.names.push(name);
    });
    parser.on('attribute', ({ name, value }: SaxesAttributeNSIncomplete) => {
      this.lastEventAt = parser.position;
      this.attributes += 1;
      if (this.attributes > limits.attributes) throw this.exceeded('attributes', limits.attributes);
      this.checkLength(name, 'nameCharacters');
      this.checkLength(value, 'attributeCharacters', name);
    });
  }

  private watchContent(): void {
    const { parser, handler } = this;
    parser.on('opentag', (tag) => {
      this.namespace ??= tag.uri;
      this.lastEventAt = parser.position;
      handler.open(tagOf(tag, this.namespace, parser.line));
    });
    parser.on('closetag', () => {
      this.lastEventAt = parser.position;
      handler.close();
      this.names.pop();
    });
    const take = (text: string): void => {
      this.lastEventAt = parser.position;
      this.checkLength(text, 'textCharacters');
      if (this.names.length > 0) handler.text(text);
    };
    parser.on('text', take);
    parser.on('cdata', take);
    parser.on('comment', (comment) => {
      this.count();
      this.lastEventAt = parser.position;
      this.checkLength(comment, 'commentCharacters');
      handler.comment?.(comment);
    });
    parser.on('processinginstruction', ({ body }) => {
      this.count();
      this.lastEventAt = parser.position;
      this.checkLength(body, 'commentCharacters');
    });
  }

  private count(): void {
    this.elements += 1;
    if (this.elements > this.limits.elements) throw this.exceeded('elements', this.limits.elements);
  }

  private declare(version: string | undefined, encoding: string | undefined): void {
    if (version !== '1.0') throw this.faulty('is not XML 1.0');
    const name = (encoding ?? 'UTF-8').toUpperCase();
    if (this.isReadIn) {
      if (!this.isReadIn(name)) throw this.faulty('is not in the encoding that it declares');
      return;
    }
    if (name !== 'UTF-8' && !ASCII_SUPERSETS.has(name)) throw this.faulty('is not in UTF-8');
    this.mustBeAscii = name !== 'UTF-8';
  }

  /** A text, value or comment that does not end is given up before it is as long as a file. */
  private checkUnended(): void {
    const { attributeCharacters, textCharacters, commentCharacters } = this.limits;
    const max = Math.max(attributeCharacters, textCharacters, commentCharacters) * REFERENCE_CHARACTERS;
    if (this.parser.position - this.lastEventAt > max) throw this.exceeded('charactersAtOnce', max);
  }

  private checkLength(text: string, limit: keyof XmlLimits, attribute?: string): void {
    const max = this.limits[limit];
    if (text.length > max)
      throw this.exceeded(limit, max, attribute === undefined ? this.path : `${this.path}/@${attribute}`);
  }

  private attempt(work: () => void): void {
    try {
      work();
    } catch (error) {
      if (error instanceof AppError) throw error;
      // The parser's own words: `line:column: what is wrong`.
      throw this.unreadable(this.path, error instanceof Error ? error.message.slice(0, 200) : 'is not well-formed');
    }
  }

  private faulty(detail: string): AppError {
    return this.unreadable('/', detail);
  }
}

/** The refusal of a file that goes beyond a limit: which one, how much it is, and where. */
export function limitExceeded(details: {
  readonly limit: string;
  readonly max: number;
  readonly element?: string;
  readonly line?: number;
  readonly column?: number;
}): AppError {
  return new AppError('FINANCE_FILE_LIMIT_EXCEEDED', { ...details });
}

const NO_ATTRIBUTES: ReadonlyMap<string, string> = new Map();

function tagOf(tag: SaxesTagNS, ownNamespace: string, line: number): XmlTag {
  const given = Object.values(tag.attributes);
  const attributes = given.length === 0 ? NO_ATTRIBUTES : new Map(given.map(({ name, value }) => [name, value]));
  const name = tag.uri === ownNamespace ? tag.local : `{${tag.uri}}${tag.local}`;
  return { name, namespace: tag.uri, attributes, writtenName: tag.name, line };
}
