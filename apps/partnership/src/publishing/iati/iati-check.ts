import type { XmlAttribute, XmlElement, XmlLibError as LibError } from 'libxml2-wasm';
import { readShipped, shippedPath } from '#platform';
import { parseCsv } from '../../csv';
import { type Finding, type Ruleset, rulesetFindings } from './iati-ruleset';

/** Where a code of which list stands; a vocabulary decides where one element may have codes of several. */
const CODED: readonly (readonly [list: string, path: string])[] = [
  ['ActivityStatus', 'activity-status/@code'],
  ['ActivityDateType', 'activity-date/@type'],
  ['AidType', 'default-aid-type[not(@vocabulary) or @vocabulary="1"]/@code'],
  ['CollaborationType', 'collaboration-type/@code'],
  ['Country', 'recipient-country/@code | transaction/recipient-country/@code'],
  ['CRSChannelCode', '*/@crs-channel-code'],
  ['Currency', '@default-currency | .//value/@currency'],
  ['DescriptionType', 'description/@type'],
  ['FinanceType', 'default-finance-type/@code'],
  ['FlowType', 'default-flow-type/@code'],
  ['GeographicVocabulary', 'location/location-id/@vocabulary'],
  ['IndicatorMeasure', 'result/indicator/@measure'],
  ['IndicatorVocabulary', 'result/indicator/reference/@vocabulary'],
  ['Language', './/@xml:lang'],
  ['OrganisationRole', 'participating-org/@role'],
  ['OrganisationType', 'reporting-org/@type | participating-org/@type | transaction/*/@type'],
  ['PolicyMarker', 'policy-marker[not(@vocabulary) or @vocabulary="1"]/@code'],
  ['PolicySignificance', 'policy-marker/@significance'],
  ['Region', 'recipient-region[not(@vocabulary) or @vocabulary="1"]/@code'],
  ['RelatedActivityType', 'related-activity/@type'],
  ['ResultType', 'result/@type'],
  ['Sector', 'sector[not(@vocabulary) or @vocabulary="1"]/@code'],
  ['SectorVocabulary', 'sector/@vocabulary'],
  ['TagVocabulary', 'tag/@vocabulary'],
  ['TiedStatus', 'default-tied-status/@code'],
  ['TransactionType', 'transaction/transaction-type/@code'],
  ['UNSDG-Goals', 'tag[@vocabulary="2"]/@code'],
  ['UNSDG-Targets', 'tag[@vocabulary="3"]/@code'],
];
/** What a reader of the data misses where it is not there. */
const ADVISED: readonly (readonly [rule: string, path: string, message: string])[] = [
  ['sector-percentages', 'sector', 'An activity should say what it is about.'],
  ['recipient', 'recipient-country | recipient-region', 'An activity should say where its benefit is meant to go.'],
  ['sdg', 'tag[@vocabulary="2"] | self::*[@hierarchy="1"]', 'An activity should name the goals that it serves.'],
  ['money', 'transaction | self::*[@hierarchy>"1"]', 'The fund as a whole should tell money; none may be told yet.'],
];
/** Codes of organisations that no list of ours has: the OECD's code of the ministry, and those of the agencies. */
const KNOWN_ORGANISATIONS = ['DE-1', 'XM-DAC-5-52', 'XM-DAC-5-57'];
const DATA = 'apps/partnership/data/iati';

export interface CheckedPart {
  /** A whole document: what the part is wrapped into. */
  readonly document: string;
  /** Lines of the published file before the part, less those that the wrapping has. */
  readonly linesBefore: number;
}

export interface IatiCheck {
  /** Looks at one part; what hangs together over parts is found by `finish`. */
  add(part: CheckedPart): void;
  finish(): Finding[];
}

/**
 * Checks a file part by part as the IATI validator does: schema, code lists, official ruleset, identifiers that have to exist, and
 * advice. Each part is a document of its own, so that memory does not grow with the file.
 */
export async function iatiChecker(today: string): Promise<IatiCheck> {
  // An ES module that awaits at top level: it can be imported, not required.
  const libxml = await import('libxml2-wasm');
  const { xmlRegisterFsInputProviders } = await import('libxml2-wasm/lib/nodejs.mjs');
  xmlRegisterFsInputProviders();
  const schema = shippedPath(`${DATA}/iati-activities-schema.xsd`);
  const source = libxml.XmlDocument.fromBuffer(Buffer.from(readShipped(`${DATA}/iati-activities-schema.xsd`)), {
    url: schema,
  });
  const validator = libxml.XsdValidator.fromDoc(source);
  const ruleset = JSON.parse(readShipped(`${DATA}/ruleset-2.03.json`)) as Ruleset;
  const lists = codeLists();
  const findings: Finding[] = [];
  const identifiers = new Set<string>();
  const references: { readonly ref: string; readonly line: number }[] = [];
  return {
    add({ document, linesBefore }) {
      const parsed = libxml.XmlDocument.fromString(document);
      const inFile = (each: Finding): Finding => ({ ...each, line: each.line + linesBefore });
      try {
        findings.push(...schemaFindings(() => validator.validate(parsed), libxml.XmlLibError).map(inFile));
        findings.push(...rulesetFindings(parsed.root, ruleset, today).map(inFile));
        for (const found of parsed.root.find('iati-activity')) {
          const activity = found as XmlElement;
          findings.push(...[...codeFindings(activity, lists), ...adviceFor(activity)].map(inFile));
          identifiers.add(activity.get('iati-identifier')?.content ?? '');
          for (const node of activity.find('related-activity')) {
            const related = node as XmlElement;
            references.push({ ref: valueOf(related, 'ref'), line: related.line + linesBefore });
          }
        }
      } finally {
        parsed.dispose();
      }
    },
    finish() {
      validator.dispose();
      source.dispose();
      const lost = references.filter(({ ref }) => !identifiers.has(ref));
      return [
        ...findings,
        ...lost.map(({ ref, line }): Finding => ({
          severity: 'ERROR',
          kind: 'IDENTIFIER',
          rule: 'related-activity-exists',
          message: `The related activity ${ref} is not in the file.`,
          line,
        })),
      ];
    },
  };
}

function schemaFindings(validate: () => void, XmlLibError: typeof LibError): Finding[] {
  try {
    validate();
    return [];
  } catch (error) {
    if (!(error instanceof XmlLibError)) throw error;
    const details = error.details.length > 0 ? error.details : [{ message: error.message, line: 1 }];
    return details.map(({ message, line }) => ({
      severity: 'ERROR',
      kind: 'SCHEMA',
      rule: 'iati-activities-schema',
      message: message.trim(),
      line: line ?? 1,
    }));
  }
}

function codeFindings(activity: XmlElement, lists: ReadonlyMap<string, ReadonlyMap<string, string>>): Finding[] {
  const wrong = CODED.flatMap(([list, path]) =>
    activity.find(path).flatMap((node): Finding[] => {
      const { value, parent } = node as XmlAttribute;
      const status = lists.get(list)?.get(value);
      if (status === 'active') return [];
      const { line } = parent ?? activity;
      const what = status === undefined ? 'is not in' : `is ${status} in`;
      const message = `${value} ${what} the code list ${list}.`;
      return [{ severity: status === undefined ? 'ERROR' : 'WARNING', kind: 'CODE_LIST', rule: list, message, line }];
    }),
  );
  const unknown = activity
    .find('reporting-org[@ref] | participating-org[@ref] | transaction/*[@ref]')
    .flatMap((node): Finding[] => {
      const element = node as XmlElement;
      const ref = valueOf(element, 'ref');
      if (KNOWN_ORGANISATIONS.includes(ref) || lists.get('IATIOrganisationIdentifier')?.has(ref)) return [];
      const message = `No list has an organisation ${ref}.`;
      return [{ severity: 'WARNING', kind: 'IDENTIFIER', rule: 'organisation-exists', message, line: element.line }];
    });
  return [...wrong, ...unknown];
}

function adviceFor(activity: XmlElement): Finding[] {
  return ADVISED.filter(([, path]) => activity.find(path).length === 0).map(([rule, , message]) => ({
    severity: 'ADVISORY',
    kind: 'ADVICE',
    rule,
    message,
    line: activity.line,
  }));
}

function valueOf(element: XmlElement, attribute: string): string {
  return element.attr(attribute)?.value ?? '';
}

/** By list, the codes with their status. */
function codeLists(): Map<string, Map<string, string>> {
  const lists = new Map<string, Map<string, string>>();
  for (const { list = '', code = '', status = '' } of parseCsv(readShipped(`${DATA}/code-lists.csv`))) {
    const codes = lists.get(list) ?? new Map<string, string>();
    lists.set(list, codes.set(code, status));
  }
  return lists;
}
