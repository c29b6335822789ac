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

/**
 * Reads the EU consolidated financial sanctions list (xmlFullSanctionsList 1.1, namespace http://eu.europa.ec/fpi/fsd/export).
 * What is not well-formed, has a document type, or lacks what identifies a subject is refused as a whole: half a list would let
 * a listed person pass. FINANCE_SANCTIONS_LIST_INVALID says what is wrong.
 */
export function parseEuSanctionsList(xml: string): SanctionsEdition {
  if (/<!(DOCTYPE|ENTITY)/i.test(xml)) throw invalid('a document type is not allowed');
  const validity = XMLValidator.validate(xml);
  if (validity !== true) throw invalid(`line ${validity.err.line}: ${validity.err.msg}`);
  const root = (parser.parse(xml) as Element)['export'];
  if (!isElement(root)) throw invalid('the root element is not export');
  const generatedAt = new Date(attribute(root, 'generationDate') ?? '');
  if (Number.isNaN(generatedAt.getTime())) throw invalid('export/@generationDate is missing');
  const subjects = children(root, 'sanctionEntity').map(subjectOf);
  if (subjects.length === 0) throw invalid('there is no sanctionEntity');
  if (new Set(subjects.map(({ logicalId }) => logicalId)).size !== subjects.length) {
    throw invalid('a logicalId occurs twice');
  }
  return { generatedAt, globalFileId: attribute(root, 'globalFileId') ?? null, subjects };
}

function subjectOf(entity: Element, index: number): SanctionedSubject {
  const logicalId = attribute(entity, 'logicalId');
  const names = children(entity, 'nameAlias').flatMap((alias) => nameOf(alias) ?? []);
  if (logicalId === undefined) throw invalid(`sanctionEntity ${index + 1}: logicalId is missing`);
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
