import * as fc from 'fast-check';
import { editionOf } from './edition';
import { CLOSING, type IatiContext, opening } from './iati/iati-activities';
import { iatiChecker } from './iati/iati-check';
import { type KnownTown, portfolioOf } from './portfolio';
import { anyKnown, FIELD_KEYS } from '../../test/portfolio.factory';
import type { PublishingRules } from './publishing-rules';

const TODAY = '2026-11-27';
const context: IatiContext = {
  publisher: { ref: 'XM-DAC-5-52', name: 'GIZ', type: '15' },
  madeAt: `${TODAY}T08:00:00.000Z`,
  codes: {
    fields: new Map(
      FIELD_KEYS.map((key, index) => [
        key,
        {
          name: { de: key, en: key },
          crsMain: ['14050', '12220', '14031'][index] ?? '',
          sdgGoals: [['11', '3', '6'][index] ?? ''],
          sdgTargets: [['11.6', '3.8', '6.1'][index] ?? ''],
        },
      ]),
    ),
  },
};
const rules: PublishingRules = {
  assignmentsPerSum: 3,
  precisionIn: (country) => (country === 'AF' ? 'NONE' : country === 'UA' ? 'COUNTRY' : 'TOWN'),
};

/** Distinct names, so that one that must not be told can be looked for. */
const named = anyKnown.map(({ towns, partnerships, ...rest }) => {
  const renamed = new Map(
    [...towns].map(([id, town], index) => [id, { ...town, name: `${town.name} ${town.country}-${index}` }]),
  );
  const again = (town: KnownTown) => renamed.get(town.id) ?? town;
  return {
    ...rest,
    towns: renamed,
    partnerships: partnerships.map((each) => ({ ...each, towns: each.towns.map(again) })),
  };
});

const textOf = ({ parts }: { parts: readonly Buffer[] }) => Buffer.concat(parts).toString();

describe('an edition', () => {
  it('follows schema, code lists, ruleset and identifiers, whatever the fund looks like (200 portfolios)', async () => {
    await fc.assert(
      fc.asyncProperty(anyKnown, async (known) => {
        const { findings } = await editionOf(portfolioOf(known, rules, TODAY), context);
        expect(findings.filter(({ severity }) => severity !== 'ADVISORY')).toEqual([]);
      }),
      { numRuns: 200 },
    );
  }, 300_000);

  it('tells each result once, shared or not, and nothing that somebody wrote of it', async () => {
    await fc.assert(
      fc.asyncProperty(anyKnown, async (known) => {
        const portfolio = portfolioOf(known, rules, TODAY);
        const [xml = '', json = ''] = (await editionOf(portfolio, context)).files.map(textOf);
        expect(xml.split('<result ')).toHaveLength(portfolio.results.length + 1);
        expect(portfolio.leftOut.results).toBe(known.results.length - portfolio.results.length);
        for (const text of [xml, json]) expect(text).not.toContain('Canary');
      }),
      { numRuns: 60 },
    );
  }, 120_000);

  it('names no town where places may not be told', async () => {
    await fc.assert(
      fc.asyncProperty(named, async (known) => {
        const { files } = await editionOf(portfolioOf(known, rules, TODAY), context);
        const hidden = [...known.towns.values()].filter(({ country }) => rules.precisionIn(country) !== 'TOWN');
        for (const file of files)
          for (const { country } of hidden) expect(textOf(file)).not.toMatch(new RegExp(` ${country}-\\d`));
      }),
      { numRuns: 60 },
    );
  }, 120_000);

  it('holds no amount of fewer than three assignments', () => {
    fc.assert(
      fc.property(anyKnown, (known) => {
        for (const sum of portfolioOf(known, rules, TODAY).sums) expect(sum.assignments).toBeGreaterThanOrEqual(3);
      }),
    );
  });

  it('is the same for the same portfolio, to the byte', async () => {
    const [known] = fc.sample(anyKnown, { numRuns: 1, seed: 7 });
    if (!known) throw new Error('no sample');
    const bytes = async () => (await editionOf(portfolioOf(known, rules, TODAY), context)).files.map(textOf);
    expect(await bytes()).toEqual(await bytes());
  });
});

/** One activity without fault, and what is done to it. */
const ACTIVITY = `<iati-activity xml:lang="de" default-currency="EUR" hierarchy="1">
 <iati-identifier>DE-1-FKF-X</iati-identifier>
 <reporting-org ref="DE-1" type="10"><narrative>BMZ</narrative></reporting-org>
 <title><narrative>A</narrative></title>
 <description type="1"><narrative>B</narrative></description>
 <participating-org ref="DE-1" type="10" role="1"><narrative>BMZ</narrative></participating-org>
 <activity-status code="2"/>
 <activity-date iso-date="2026-01-01" type="2"/>
 <recipient-country code="TZ"/>
 <sector vocabulary="1" code="14050"/>
 <tag vocabulary="2" code="11"/>
 <transaction><transaction-type code="2"/><transaction-date iso-date="2026-03-31"/><value value-date="2026-03-31">5</value></transaction>
 <related-activity ref="DE-1-FKF-X" type="1"/>
</iati-activity>
`;

const RESULT = ` <result type="1" aggregation-status="1">
  <title><narrative>C</narrative></title>
  <indicator measure="1">
   <title><narrative>D</narrative></title>
   <period>
    <period-start iso-date="2025-01-01"/>
    <period-end iso-date="2025-12-31"/>
    <actual value="4"/>
   </period>
  </indicator>
 </result>
`;

describe('the checks', () => {
  const found = async (change: (xml: string) => string) => {
    const check = await iatiChecker(TODAY);
    check.add({ document: opening(context) + change(ACTIVITY) + CLOSING, linesBefore: 0 });
    return check.finish().map(({ kind, severity, rule, line }) => [kind, severity, rule, line]);
  };
  const replaced = (from: string, to: string) => (xml: string) => {
    expect(xml).toContain(from);
    return xml.replace(from, to);
  };

  it('have nothing to say of what is right', async () => {
    expect(await found((xml) => xml)).toEqual([]);
    expect(await found(replaced('</iati-activity>', `${RESULT}</iati-activity>`))).toEqual([]);
  });

  it.each([
    [
      'an element that the schema lacks',
      replaced('<title>', '<titel/><title>'),
      ['SCHEMA', 'ERROR', 'iati-activities-schema', 6],
    ],
    [
      'a code that no list has',
      replaced('activity-status code="2"', 'activity-status code="9"'),
      ['CODE_LIST', 'ERROR', 'ActivityStatus', 9],
    ],
    ['a sector that was withdrawn', replaced('code="14050"', 'code="74010"'), ['CODE_LIST', 'WARNING', 'Sector', 12]],
    ['no beginning', replaced('type="2"/>', 'type="3"/>'), ['RULESET', 'ERROR', '6.11.1', 3]],
    ['an actual start to come', replaced('2026-01-01', '2027-01-01'), ['RULESET', 'ERROR', '11.1.4', 3]],
    [
      'a payment to come',
      replaced('transaction-date iso-date="2026-03-31"', 'transaction-date iso-date="2027-03-31"'),
      ['RULESET', 'ERROR', '11.2.1', 3],
    ],
    [
      'percentages that do not add up',
      replaced(
        '<sector vocabulary="1" code="14050"/>',
        '<sector vocabulary="1" code="14050" percentage="50"/><sector vocabulary="1" code="12220" percentage="40"/>',
      ),
      ['RULESET', 'ERROR', '2.1.2', 3],
    ],
    ['no currency anywhere', replaced(' default-currency="EUR"', ''), ['RULESET', 'ERROR', '7.8.1', 3]],
    ['no language anywhere', replaced(' xml:lang="de"', ''), ['RULESET', 'ERROR', '4.1.1', 3]],
    [
      'an identifier like that of the organisation',
      replaced('DE-1-FKF-X</iati', 'DE-1</iati'),
      ['RULESET', 'ERROR', '1.1.3', 3],
    ],
    [
      'an identifier that does not begin with it',
      replaced('DE-1-FKF-X</iati', 'XX-FKF</iati'),
      ['RULESET', 'WARNING', '1.1.21', 3],
    ],
    ['a slash in an identifier', replaced('DE-1-FKF-X</iati', 'DE-1-FKF/X</iati'), ['RULESET', 'WARNING', '1.3.13', 3]],
    [
      'a result without value',
      replaced('</iati-activity>', `${RESULT.replace(' value="4"', '')}</iati-activity>`),
      ['RULESET', 'ERROR', '8.10.1', 23],
    ],
    [
      'a value where IATI wants words',
      replaced('</iati-activity>', `${RESULT.replace('measure="1"', 'measure="5"')}</iati-activity>`),
      ['RULESET', 'WARNING', '8.10.3', 23],
    ],
    [
      'a measure that no list has',
      replaced('</iati-activity>', `${RESULT.replace('measure="1"', 'measure="7"')}</iati-activity>`),
      ['CODE_LIST', 'ERROR', 'IndicatorMeasure', 18],
    ],
    ['an empty title', replaced('<narrative>A</narrative>', '<narrative/>'), ['RULESET', 'ERROR', '4.3.1', 6]],
    [
      'a related activity that is not there',
      replaced('ref="DE-1-FKF-X" type="1"', 'ref="DE-1-FKF-Y" type="1"'),
      ['IDENTIFIER', 'ERROR', 'related-activity-exists', 15],
    ],
    [
      'an organisation that nobody knows',
      replaced('<participating-org ref="DE-1"', '<participating-org ref="XX-1"'),
      ['IDENTIFIER', 'WARNING', 'organisation-exists', 8],
    ],
    ['no goal', replaced('hierarchy="1"', 'hierarchy="2"'), null],
  ])('find %s', async (_what, change, finding) => {
    if (finding === null) {
      const without = (xml: string) => change(xml).replace(' <tag vocabulary="2" code="11"/>\n', '');
      expect(await found(without)).toEqual([['ADVICE', 'ADVISORY', 'sdg', 3]]);
      return;
    }
    expect(await found(change)).toContainEqual(finding);
  });
});
