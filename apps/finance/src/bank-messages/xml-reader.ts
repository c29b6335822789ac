import { XMLParser } from 'fast-xml-parser';
import { AppError, parseMinor } from '#contracts';

/** An element as fast-xml-parser gives it: text, or members by name. */
type Node = string | { readonly [name: string]: Node | readonly Node[] };

const REPEATED = new Set([
  'Stmt',
  'Ntfctn',
  'Ntry',
  'NtryDtls',
  'TxDtls',
  'Bal',
  'OrgnlPmtInfAndSts',
  'TxInfAndSts',
  'StsRsnInf',
  'AddtlInf',
  'Ustrd',
]);

const parser = new XMLParser({
  ignoreAttributes: false,
  attributeNamePrefix: '@',
  removeNSPrefix: true,
  parseTagValue: false,
  parseAttributeValue: false,
  processEntities: true,
  isArray: (name) => REPEATED.has(name),
});

/** A walk through a parsed document that refuses what is missing, with the path to it, instead of guessing. */
export class XmlReader {
  private constructor(
    private readonly node: Node,
    private readonly path: string,
  ) {}

  /** Refuses a document type: no bank sends one, and it is how XML attacks begin. */
  static parse(xml: string): XmlReader {
    if (/<!DOCTYPE/i.test(xml)) throw unreadable('/', 'a document type is not accepted');
    try {
      return new XmlReader(parser.parse(xml, true) as Node, '');
    } catch (error) {
      throw new AppError('FINANCE_BANK_MESSAGE_UNREADABLE', undefined, { cause: error });
    }
  }

  at(name: string): XmlReader {
    const found = this.find(name);
    if (!found) throw unreadable(`${this.path}/${name}`, 'is missing');
    return found;
  }

  /** The element below, through several levels: `find('Refs', 'EndToEndId')`. */
  find(...names: string[]): XmlReader | undefined {
    let node: Node | undefined = this.node;
    for (const name of names) {
      if (typeof node !== 'object') return undefined;
      const below: Node | readonly Node[] | undefined = node[name];
      node = Array.isArray(below) ? (below as readonly Node[])[0] : (below as Node | undefined);
      if (node === undefined) return undefined;
    }
    return new XmlReader(node, [this.path, ...names].join('/'));
  }

  all(name: string): XmlReader[] {
    if (typeof this.node !== 'object') return [];
    const below = this.node[name];
    if (below === undefined) return [];
    const nodes = Array.isArray(below) ? (below as readonly Node[]) : [below as Node];
    return nodes.map((node, index) => new XmlReader(node, `${this.path}/${name}[${index + 1}]`));
  }

  get text(): string {
    const text = typeof this.node === 'string' ? this.node : this.node['#text'];
    if (typeof text !== 'string') throw unreadable(this.path, 'has no text');
    return text.trim();
  }

  textAt(...names: string[]): string | null {
    const found = this.find(...names);
    if (!found) return null;
    const text = found.text;
    return text === '' ? null : text;
  }

  attribute(name: string): string {
    const value = typeof this.node === 'object' ? this.node[`@${name}`] : undefined;
    if (typeof value !== 'string') throw unreadable(`${this.path}/@${name}`, 'is missing');
    return value;
  }

  get amount(): { amountMinor: bigint; currency: string } {
    const currency = this.attribute('Ccy');
    // ISO 20022 allows more decimals than the currency has, as long as they are zeros.
    const plain = this.text.replace(/^\+/, '').replace(/^0+(?=\d)/, '');
    const amountMinor = parseMinor(plain, currency) ?? parseMinor(plain.replace(/\.?0+$/, ''), currency);
    if (amountMinor === undefined || amountMinor < 0n) throw unreadable(this.path, 'is no amount of its currency');
    return { amountMinor, currency };
  }

  /** A day, given as a date or as an instant. */
  get day(): string {
    const day = (this.textAt('Dt') ?? this.textAt('DtTm') ?? '').slice(0, 10);
    if (!/^\d{4}-\d{2}-\d{2}$/.test(day)) throw unreadable(this.path, 'is no date');
    return day;
  }

  get name(): string {
    return this.path;
  }
}

export function unreadable(path: string, detail: string): AppError {
  return new AppError('FINANCE_BANK_MESSAGE_UNREADABLE', { path, detail });
}
