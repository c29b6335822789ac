import { AppError } from '#contracts';
import { limitExceeded } from '../../files/xml/bounded-xml';
import type { XmlElement } from '../../files/xml/xml-element';
import { type XmlRecordLimits, XmlTree } from '../../files/xml/xml-tree';

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
  readonly subjects: number;
  readonly names: number;
}

/** Several times what the list has: some 6,000 subjects with 25,000 names in 25 MiB. */
export const SANCTIONS_LIMITS: XmlRecordLimits & {
  readonly bytes: number;
  readonly subjects: number;
  readonly names: number;
  readonly namesOfSubject: number;
  readonly nameAliasCharacters: number;
  readonly allNameCharacters: number;
  readonly identifierCharacters: number;
} = {
  bytes: 64 * 1024 * 1024,
  depth: 8,
  elements: 2_000_000,
  elementsAtOnce: 20_000,
  attributes: 64,
  nameCharacters: 128,
  attributeCharacters: 4096,
  textCharacters: 65_536,
  commentCharacters: 10_000,
  subjects: 30_000,
  names: 120_000,
  namesOfSubject: 1000,
  nameAliasCharacters: 1000,
  allNameCharacters: 4_000_000,
  identifierCharacters: 100,
};

const SUBJECT = 'sanctionEntity';

/**
 * Reads the EU consolidated financial sanctions list (xmlFullSanctionsList 1.1, namespace http://eu.europa.ec/fpi/fsd/export) while
 * it arrives, and hands out one subject at a time, whatever the size of the list. What is not well-formed, has a document type, or
 * lacks what identifies a subject is refused as a whole: half a list would let a listed person pass. FINANCE_SANCTIONS_LIST_INVALID
 * says what is wrong, FINANCE_FILE_LIMIT_EXCEEDED what is too much.
 */
export class EuSanctionsListReader {
  private readonly tree: XmlTree;
  private readonly logicalIds = new Set<string>();
  private names = 0;
  private nameCharacters = 0;

  constructor(private readonly emit: (subject: SanctionedSubject) => void) {
    this.tree = new XmlTree(
      SANCTIONS_LIMITS,
      {
        records: new Set([SUBJECT]),
        take: (record) => this.take(record),
        comment: (comment) => {
          // Who looks for a name in the file would find it; the list must not pass it over.
          if (comment.includes(SUBJECT)) throw invalid('a subject stands in a comment');
        },
      },
      (path, detail) => invalid(`${path}: ${detail}`),
    );
  }

  push(text: string): void {
    this.tree.push(text);
  }

  /** The list, once all of it was pushed. */
  finish(): SanctionsEdition {
    const root = this.tree.finish();
    if (root.name !== 'export') throw invalid('the root element is not export');
    const generatedAt = new Date(attribute(root, 'generationDate') ?? '');
    if (Number.isNaN(generatedAt.getTime())) throw invalid('export/@generationDate is missing');
    if (this.logicalIds.size === 0) throw invalid(`there is no ${SUBJECT}`);
    return {
      generatedAt,
      globalFileId: attribute(root, 'globalFileId') ?? null,
      subjects: this.logicalIds.size,
      names: this.names,
    };
  }

  private take(record: XmlElement): void {
    // One that stands deeper could be a subject that is passed over.
    if (this.tree.ancestors.length !== 1) throw invalid(`${record.path}: does not stand in the root element`);
    const { subjects, names, allNameCharacters } = SANCTIONS_LIMITS;
    if (this.logicalIds.size >= subjects) throw exceeded(record, 'subjects', subjects);
    const subject = subjectOf(record);
    if (this.logicalIds.has(subject.logicalId)) throw invalid(`logicalId ${subject.logicalId} occurs twice`);
    this.logicalIds.add(subject.logicalId);
    this.names += subject.names.length;
    if (this.names > names) throw exceeded(record, 'names', names);
    this.nameCharacters += subject.names.reduce((sum, { length }) => sum + length, 0);
    if (this.nameCharacters > allNameCharacters) throw exceeded(record, 'allNameCharacters', allNameCharacters);
    this.emit(subject);
  }
}

function subjectOf(entity: XmlElement): SanctionedSubject {
  const { namesOfSubject, nameAliasCharacters, identifierCharacters } = SANCTIONS_LIMITS;
  const logicalId = attribute(entity, 'logicalId', identifierCharacters);
  if (logicalId === undefined) throw invalid(`${entity.path}: logicalId is missing`);
  const aliases = entity.all('nameAlias');
  if (aliases.length > namesOfSubject) throw exceeded(entity, 'namesOfSubject', namesOfSubject);
  const names = aliases.flatMap((alias) => nameOf(alias) ?? []);
  if (names.length === 0) throw invalid(`${SUBJECT} ${logicalId}: no nameAlias has a name`);
  const long = names.find((name) => name.length > nameAliasCharacters);
  if (long !== undefined) throw exceeded(entity, 'nameAliasCharacters', nameAliasCharacters);
  const addresses = entity.all('address');
  const places = [...addresses, ...entity.all('citizenship')];
  return {
    logicalId,
    referenceNumber: attribute(entity, 'euReferenceNumber', identifierCharacters) ?? '',
    subjectType: subjectTypeOf(entity) ?? 'unknown',
    names: distinct(names),
    towns: distinct(addresses.map((address) => attribute(address, 'city', nameAliasCharacters))),
    countries: distinct(places.map((place) => attribute(place, 'countryIso2Code'))).filter((code) =>
      /^[A-Z]{2}$/.test(code),
    ),
  };
}

function subjectTypeOf(entity: XmlElement): string | undefined {
  const subjectType = entity.find('subjectType');
  return subjectType && attribute(subjectType, 'code', SANCTIONS_LIMITS.identifierCharacters);
}

/** Entities are listed by `wholeName`; some entries of persons have the parts only. */
function nameOf(alias: XmlElement): string | undefined {
  const parts = ['firstName', 'middleName', 'lastName'].map((part) => attribute(alias, part) ?? '');
  return attribute(alias, 'wholeName') ?? (parts.join(' ').replace(/\s+/g, ' ').trim() || undefined);
}

function attribute(element: XmlElement, name: string, charactersMax?: number): string | undefined {
  const text = element.attribute(name)?.trim() ?? '';
  if (charactersMax !== undefined && text.length > charactersMax) throw exceeded(element, `@${name}`, charactersMax);
  return text === '' ? undefined : text;
}

function distinct(texts: readonly (string | undefined)[]): string[] {
  return [...new Set(texts.filter((text) => text !== undefined))];
}

function exceeded({ path, line }: XmlElement, limit: string, max: number): AppError {
  return limitExceeded({ limit, max, element: path, line });
}

function invalid(problem: string): AppError {
  return new AppError('FINANCE_SANCTIONS_LIST_INVALID', { problem });
}
