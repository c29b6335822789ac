import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { repositoryRoot } from '#testing/embedded';

/** A small list in the format of the EU with invented names: the real one may not be kept in a public repository. */
export function sampleSanctionsList(): string {
  return readFileSync(join(repositoryRoot(), 'apps/finance/test/sanctions/eu-sanctions-sample.xml'), 'utf8');
}

/** The next edition: another day, and further listed persons. */
export function nextEdition(generatedOn: string, ...wholeNames: string[]): string {
  const further = wholeNames.map(
    (name, index) =>
      `<sanctionEntity euReferenceNumber="EU.${index}.33" logicalId="77${index}"><subjectType code="person" classificationCode="P"/>` +
      `<nameAlias wholeName="${name}" strong="true" logicalId="78${index}"/></sanctionEntity>`,
  );
  return sampleSanctionsList()
    .replace('2020-01-01T00:00:00.000+01:00', `${generatedOn}T00:00:00.000+01:00`)
    .replace('</export>', `${further.join('')}</export>`);
}

export function sanctionsListRequest(xml: string): { sha256: string; contentGzip: string } {
  return {
    sha256: createHash('sha256').update(xml).digest('hex'),
    contentGzip: gzipSync(xml).toString('base64'),
  };
}

const SYLLABLES = [
  'ba',
  'ke',
  'lor',
  'mi',
  'nu',
  'ras',
  'se',
  'tov',
  'vu',
  'xi',
  'dan',
  'hel',
  'jo',
  'pra',
  'quin',
  'zet',
];

/** A list of the size of the real one: invented persons with four spellings, a place, a document and a legal act each. */
export function largeSanctionsList({ subjects, generatedOn }: { subjects: number; generatedOn: string }): string {
  const head = `<?xml version="1.0" encoding="UTF-8"?>\n<export xmlns="http://eu.europa.ec/fpi/fsd/export" generationDate="${generatedOn}T00:00:00.000+01:00" globalFileId="200001">`;
  return [head, ...Array.from({ length: subjects }, (_, number) => largeSubject(number)), '</export>'].join('\n');
}

export function largeSubjectName(number: number): string {
  return [number, number * 7 + 1, number * 31 + 5].map(word).join(' ');
}

function largeSubject(number: number): string {
  const regulation = `<regulationSummary regulationType="regulation" publicationDate="2019-05-04" publicationUrl="https://eur-lex.europa.eu/legal-content/EN/TXT/?uri=CELEX:0000R${number}" numberTitle="2019/${number} (OJ L 117)"/>`;
  const names = [number, number + 50_000, number + 100_000, number + 150_000].map(
    (seed, index) =>
      `<nameAlias firstName="" middleName="" lastName="" wholeName="${largeSubjectName(seed)}" function="${word(seed)} of the invented office" gender="M" title="" nameLanguage="" strong="${index === 0}" regulationLanguage="en" logicalId="${number}${index}">${regulation}</nameAlias>`,
  );
  return `<sanctionEntity designationDetails="" unitedNationId="" euReferenceNumber="EU.${number}.77" logicalId="${1_000_000 + number}">
  <remark>${'An invented remark about an invented person, as long as remarks on such lists are. '.repeat(12)}</remark>
  <regulation regulationType="amendment" organisationType="commission" publicationDate="2019-05-04" entryIntoForceDate="2019-05-05" numberTitle="2019/${number}" programme="TEST" logicalId="${number}">
    <publicationUrl>https://eur-lex.europa.eu/legal-content/EN/TXT/?uri=CELEX:0000R${number}</publicationUrl></regulation>
  <subjectType code="person" classificationCode="P"/>
  ${names.join('\n  ')}
  <citizenship region="" countryIso2Code="XK" countryDescription="Invented" regulationLanguage="en" logicalId="${number}">${regulation}</citizenship>
  <birthdate circa="false" calendarType="GREGORIAN" city="" zipCode="" birthdate="1960-01-01" dayOfMonth="1" monthOfYear="1" year="1960" region="" place="" countryIso2Code="XK" logicalId="${number}">${regulation}</birthdate>
  <address city="${word(number % 500)}" street="" poBox="" zipCode="" region="" place="" asAtListingTime="false" countryIso2Code="XK" logicalId="${number}">${regulation}</address>
  <identification diplomatic="false" knownExpired="false" knownFalse="false" reportedLost="false" revokedByIssuer="false" issuedBy="" latinNumber="" nameOnDocument="" number="P${number}" region="" countryIso2Code="XK" identificationTypeCode="passport" logicalId="${number}">${regulation}</identification>
</sanctionEntity>`;
}

function word(number: number): string {
  const digits = Array.from(String((number * 2_654_435_761) % 1_000_003), Number);
  return digits.map((digit, index) => SYLLABLES[(digit + index * 3) % SYLLABLES.length]).join('');
}
