import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { AppError } from '#contracts';

/** One listed person, entity or ship with every spelling of its name. */
export interface SanctionedSubject {
  readonly logicalId: string;
  readonly referenceNumber: string;
  readonly subjectType: string;
  readonly names: readonly string[];
  readonly towns: readonly string[];
  readonly countries: readonly string[];
}

export interface SanctionsEdition {
  readonly generatedAt: Date;
  readonly globalFileId: string | null;
  readonly subjects: readonly SanctionedSubject[];
}

type Element = Readonly<Record<string, unknown>>;

const REPEATED = ['sanctionEntity', 'nameAlias', 'address', 'citizenship', 'birthdate', 'regulation', 'identification'];

// Entities are not expanded: the text keeps `&...;`, and only the characters that XML itself names are read (see `decoded`).
const parser = new XMLParser({
  ignoreAttributes: false,
  attributeNamePrefix: '',
  parseAttributeValue: false,
  parseTagValue: false,
  processEntities: false,
  removeNSPrefix: true,
  isArray: (name) => REPEATED.includes(name),
});

/** A subject has a few KiB; what is larger is no list but an attack. The same holds for what stands around the subjects. */
const ELEMENT_CHARACTERS_MAX = 2_000_000;
const START = /<(?:[\w.-]+:)?sanctionEntity(?=[\s>/])/;
const END = /<\/(?:[\w.-]+:)?sanctionEntity\s*>/g;
/** Longer than any end tag, so that one is found that two chunks share. */
const END_LENGTH_MAX = 100;

/**
 * Reads the EU consolidated financial sanctions list (xmlFullSanctionsList 1.1, namespace http://eu.europa.ec/fpi/fsd/export) while
 * it arrives: one subject at a time is parsed, whatever the size of the list. What is not well-formed, has a document type, or
 * lacks what identifies a subject is refused as a whole: half a list would let a listed person pass. FINANCE_SANCTIONS_LIST_INVALID
 * says what is wrong.
 */
export class EuSanctionsListReader {
  private readonly subjects = new Map<string, SanctionedSubject>();
  /** What stands around the subjects: the root element. */
  private frame = '';
  private rest = '';
  private isInSubject = false;

  push(text: string): void {
    const searchFrom = Math.max(0, this.rest.length - END_LENGTH_MAX);
    this.rest += text;
    let from = this.isInSubject ? searchFrom : 0;
    while (this.isInSubject ? this.takeSubject(from) : this.takeFrame()) from = 0;
    if (Math.max(this.rest.length, this.frame.length) > ELEMENT_CHARACTERS_MAX) {
      throw invalid(`sanctionEntity ${this.subjects.size + 1}: is too large`);
    }
  }

  /** The list, once all of it was pushed. */
  finish(): SanctionsEdition {
    if (this.isInSubject) throw invalid(`sanctionEntity ${this.subjects.size + 1}: has no end`);
    const document = parsed(this.frame + this.rest, 'export');
    const root = document['export'];
    if (!isElement(root)) throw invalid('the root element is not export');
    if (Object.keys(document).some((name) => !['?xml', '#text', 'export'].includes(name))) {
      throw invalid('something stands beside the root element');
    }
    const generatedAt = new Date(attribute(root, 'generationDate') ?? '');
    if (Number.isNaN(generatedAt.getTime())) throw invalid('export/@generationDate is missing');
    if (this.subjects.size === 0) throw invalid('there is no sanctionEntity');
    return {
      generatedAt,
      globalFileId: attribute(root, 'globalFileId') ?? null,
      subjects: [...this.subjects.values()],
    };
  }

  /** Takes what stands before the next subject; false when more text is needed. */
  private takeFrame(): boolean {
    const start = START.exec(this.rest);
    // Without one, a tag that begins at the very end may still become one.
    const length = start?.index ?? Math.max(0, this.rest.lastIndexOf('<'));
    this.frame += this.rest.slice(0, length);
    this.rest = this.rest.slice(length);
    this.isInSubject = start !== null;
    return this.isInSubject;
  }

  /** Takes one whole subject; false when its end has not come yet. */
  private takeSubject(from: number): boolean {
    END.lastIndex = from;
    const end = END.exec(this.rest);
    if (!end) return false;
    const length = end.index + end[0].length;
    const number = this.subjects.size + 1;
    const text = this.rest.slice(0, length);
    // One that stands inside another, even in a comment, could be a subject that is passed over.
    if (START.test(text.slice(1))) throw invalid(`sanctionEntity ${number}: holds another one`);
    const [entity] = children(parsed(text, `sanctionEntity ${number}`), 'sanctionEntity');
    if (!entity) throw invalid(`sanctionEntity ${number}: cannot be read`);
    const subject = subjectOf(entity, number);
    if (this.subjects.has(subject.logicalId)) throw invalid(`logicalId ${subject.logicalId} occurs twice`);
    this.subjects.set(subject.logicalId, subject);
    this.rest = this.rest.slice(length);
    this.isInSubject = false;
    return true;
  }
}

function parsed(xml: string, name: string): Element {
  if (/<!(DOCTYPE|ENTITY)/i.test(xml)) throw invalid('a document type is not allowed');
  const validity = XMLValidator.validate(xml);
  if (validity !== true) throw invalid(`${name}, line ${validity.err.line}: ${validity.err.msg}`);
  return parser.parse(xml) as Element;
}

function subjectOf(entity: Element, number: number): SanctionedSubject {
  const logicalId = attribute(entity, 'logicalId');
  const names = children(entity, 'nameAlias').flatMap((alias) => nameOf(alias) ?? []);
  if (logicalId === undefined) throw invalid(`sanctionEntity ${number}: logicalId is missing`);
  if (names.length === 0) throw invalid(`sanctionEntity ${logicalId}: no nameAlias has a name`);
  const subjectType = entity['subjectType'];
  const addresses = children(entity, 'address');
  const places = [...addresses, ...children(entity, 'citizenship')];
  return {
    logicalId,
    referenceNumber: attribute(entity, 'euReferenceNumber') ?? '',
    subjectType: (isElement(subjectType) ? attribute(subjectType, 'code') : undefined) ?? 'unknown',
    names: distinct(names),
    towns: distinct(addresses.map((address) => attribute(address, 'city'))),
    countries: distinct(places.map((place) => attribute(place, 'countryIso2Code'))).filter((code) =>
      /^[A-Z]{2}$/.test(code),
    ),
  };
}

/** Entities are listed by `wholeName`; some entries of persons have the parts only. */
function nameOf(alias: Element): string | undefined {
  const parts = ['firstName', 'middleName', 'lastName'].map((part) => attribute(alias, part) ?? '');
  return attribute(alias, 'wholeName') ?? (parts.join(' ').replace(/\s+/g, ' ').trim() || undefined);
}

function children(element: Element, name: string): Element[] {
  const value = element[name];
  return Array.isArray(value) ? value.filter(isElement) : [];
}

function attribute(element: Element, name: string): string | undefined {
  const value = element[name];
  const text = typeof value === 'string' ? decoded(value).trim() : '';
  return text === '' ? undefined : text;
}

const NAMED: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

function decoded(text: string): string {
  return text.replace(/&(?:#(\d{1,7})|#x([0-9a-fA-F]{1,6})|(\w+));/g, (all, decimal, hex, name) => {
    if (typeof name === 'string') return NAMED[name] ?? all;
    const code = typeof decimal === 'string' ? Number(decimal) : Number.parseInt(String(hex), 16);
    return code > 0x1f && code <= 0x10ffff && (code < 0xd800 || code > 0xdfff) ? String.fromCodePoint(code) : ' ';
  });
}

function isElement(value: unknown): value is Element {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function distinct(texts: readonly (string | undefined)[]): string[] {
  return [...new Set(texts.filter((text) => text !== undefined))];
}

function invalid(problem: string): AppError {
  return new AppError('FINANCE_SANCTIONS_LIST_INVALID', { problem });
}
