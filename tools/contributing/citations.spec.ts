import { readdirSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { repositoryRoot } from '#testing/embedded';
import { deadCitations, headingsOf } from './citations';

const ROOT = repositoryRoot();
/** Made on this machine, or by others. */
const FOREIGN = new Set(['node_modules', 'dist', 'coverage', '.git', '.data', '.cache', 'package-lock.json']);
const READ_BY_PEOPLE =
  /(\.(ts|mts|cts|mjs|cjs|js|tsx|json|md|yml|yaml|sh|sql|csv|html|conf)|\/[A-Z][a-z]+file|^[^.]+)$/;

/** Every file, with its text where it is one that can cite. */
function repository(): ReadonlyMap<string, string> {
  const paths = (folder: string): string[] =>
    readdirSync(join(ROOT, folder), { withFileTypes: true })
      .filter(({ name }) => !FOREIGN.has(name))
      .flatMap((entry) => {
        const path = posix.join(folder, entry.name);
        return entry.isDirectory() ? paths(path) : entry.isFile() ? [path] : [];
      });
  // This spec cites what is not there.
  const canCite = (path: string) => READ_BY_PEOPLE.test(path) && !path.endsWith('citations.spec.ts');
  return new Map(paths('').map((path) => [path, canCite(path) ? readFileSync(join(ROOT, path), 'utf8') : '']));
}

function faultsOf(text: string, path = 'apps/finance/src/x.ts'): string[] {
  const page = '# Field\n\n## Proof of use\n\n```sh\n# no heading\n```\n\n## Größe `x`\n\n## Proof of use\n';
  return deadCitations(
    new Map([
      ['docs/domain.md', page],
      ['docs/adr/0007-a.md', '# 7. A\n'],
      ['deploy/run.sh', ''],
      [path, text],
    ]),
  );
}

describe('the repository', () => {
  it('cites only pages, headings, places and records that it has', () => {
    const files = repository();
    expect(files.size).toBeGreaterThan(500);
    expect(deadCitations(files)).toEqual([]);
  });
});

describe('a citation', () => {
  it.each([
    '// Source: docs/domain.md#proof-of-use.',
    '// Source: BHO 34, docs/domain.md',
    '// https://example.org/other/page.md#nothing is elsewhere',
    '// ADR 7',
    '// as `deploy/run.sh` and `docs/adr/` do, and `docs/adr/<number>`',
    '// Source: UAX 31, section 2.3',
  ])('passes: %s', (text) => {
    expect(faultsOf(text)).toEqual([]);
  });

  it.each([
    ['// (domain.md 3.6)', 'domain.md is cited by a number, not by a heading'],
    ['// (docs/domain.md 3.6)', 'docs/domain.md is cited by a number, not by a heading'],
    ['// docs/reliability.md, threat 10', 'docs/reliability.md is cited by a number, not by a heading'],
    ['// Source: product.md "Payout"', 'there is no product.md'],
    ["const source = 'docs/domain.md#proofs';", 'docs/domain.md has no heading #proofs'],
    ['// ADR 12', 'there is no ADR 12'],
    ['// as `deploy/stop.sh` does', 'there is no deploy/stop.sh'],
    ['// domain reference 1.2', '"domain reference" is no page of the repository'],
  ])('fails: %s', (text, fault) => {
    expect(faultsOf(text)).toEqual([`apps/finance/src/x.ts:1: ${fault}`]);
  });

  it.each([
    ['[a](domain.md#proof-of-use), [b](../deploy/run.sh), [c](../deploy/), [d](#here)\n# Here', []],
    ['[a](../deploy/stop.sh)', ['docs/x.md:1: there is no ../deploy/stop.sh']],
    ['[a](domain.md#proof)', ['docs/x.md:1: docs/domain.md has no heading #proof']],
    ['one\n[a](#there)', ['docs/x.md:2: docs/x.md has no heading #there']],
  ])('is a link of a page: %j', (text, faults) => {
    expect(faultsOf(text, 'docs/x.md')).toEqual(faults);
  });
});

it('finds headings as code hosts name them, and none in code', () => {
  const page = '# A\n```\n# b\n```\n## Größe `x`, [y](z.md)!\n## A\n### We don’t say_so\n';
  expect([...headingsOf(page)]).toEqual(['a', 'größe-x-y', 'a-1', 'we-dont-say_so']);
});
