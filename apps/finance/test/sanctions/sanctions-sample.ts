import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

/** A small list in the format of the EU with invented names: the real one may not be kept in a public repository. */
export function sampleSanctionsList(): string {
  return readFileSync(join(__dirname, 'eu-sanctions-sample.xml'), 'utf8');
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
