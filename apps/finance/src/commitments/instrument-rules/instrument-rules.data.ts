import type { Instrument, InstrumentRuleView } from '#contracts/finance';

type Rule = Omit<InstrumentRuleView, 'instrument' | 'validTo'> & { validTo?: string };

/**
 * What each instrument pays, as dated rows with their source. Amounts marked FOUND were read in the named publication; the
 * others are placeholders of the right order of magnitude that the programme has to confirm before real use.
 * A change is a new row with its own validity, never an edited amount: old plans name the rows they were made from.
 * Source of the model: docs/domain.md#costs-of-the-instruments.
 */
export const INSTRUMENT_RULES: readonly InstrumentRuleView[] = [
  ...rulesOf('DEVELOPMENT_WORKER', [
    {
      id: 'EH-BASE-2020',
      key: 'base-allowance',
      value: '850',
      unit: 'EUR_PER_MONTH',
      validFrom: '2020-01-01',
      validTo: '2021-01-01',
      source: 'GIZ, Leistungen für Entwicklungshelfer*innen, 01/2020: Basis-Unterhaltsgeld',
      mark: 'FOUND',
    },
    {
      id: 'EH-BASE-2021',
      key: 'base-allowance',
      value: '880',
      unit: 'EUR_PER_MONTH',
      validFrom: '2021-01-01',
      source: 'GIZ, Leistungen für Entwicklungshelfer*innen, 01/2021: Basis-Unterhaltsgeld, taxable',
      mark: 'FOUND',
    },
    {
      id: 'EH-OVERSEAS-2021',
      key: 'overseas-bonus',
      value: '850',
      unit: 'EUR_PER_MONTH',
      validFrom: '2021-01-01',
      source: 'GIZ, 01/2021: Auslandszulage, from the contractual departure date',
      mark: 'FOUND',
    },
    {
      id: 'EH-OVERSEAS-SPOUSE-2021',
      key: 'overseas-bonus-spouse',
      value: '340',
      unit: 'EUR_PER_MONTH',
      validFrom: '2021-01-01',
      source: 'GIZ, 01/2021: Auslandszulage, spouse, also for those who stay at home',
      mark: 'FOUND',
    },
    {
      id: 'EH-OVERSEAS-CHILD-2021',
      key: 'overseas-bonus-child',
      value: '170',
      unit: 'EUR_PER_MONTH',
      validFrom: '2021-01-01',
      source: 'GIZ, 01/2021: Auslandszulage, each child',
      mark: 'FOUND',
    },
    {
      id: 'EH-KKA-SHARE-2021',
      key: 'cost-of-living-share',
      value: '60',
      unit: 'PERCENT',
      validFrom: '2021-01-01',
      source: 'Adjustable part of the pay to which the Kaufkraftausgleich applies; modelled on BBesG 55',
      mark: 'PROPOSAL',
    },
    {
      id: 'EH-RENT-2021',
      key: 'rent-ceiling',
      value: '900',
      unit: 'EUR_PER_MONTH',
      validFrom: '2021-01-01',
      source: 'Rent abroad exists as a benefit (GIZ); ceiling to be confirmed',
      mark: 'GENERAL_KNOWLEDGE',
    },
    {
      id: 'EH-PENSION-2021',
      key: 'pension-subsidy',
      value: '560',
      unit: 'EUR_PER_MONTH',
      validFrom: '2021-01-01',
      source:
        'EhfG 11: subsidy to voluntary pension cover; amount to be confirmed. Health and liability run by group contract',
      mark: 'GENERAL_KNOWLEDGE',
    },
    {
      id: 'EH-REINTEGRATION-2021',
      key: 'reintegration-allowance',
      value: '450',
      unit: 'EUR_PER_MONTH',
      validFrom: '2021-01-01',
      source:
        'EhfG 4(1): Wiedereingliederungsbeihilfe, accrues per full month, paid at the end; amount to be confirmed',
      mark: 'GENERAL_KNOWLEDGE',
    },
    {
      id: 'EH-TRAVEL-OUT-2021',
      key: 'travel-out',
      value: '2400',
      unit: 'EUR_ONCE',
      validFrom: '2021-01-01',
      source: 'EhfG 4(1): necessary travel cost; lump sum to be confirmed',
      mark: 'GENERAL_KNOWLEDGE',
    },
    {
      id: 'EH-TRAVEL-HOME-2021',
      key: 'travel-home',
      value: '2400',
      unit: 'EUR_ONCE',
      validFrom: '2021-01-01',
      source: 'EhfG 4(1): necessary travel cost; lump sum to be confirmed',
      mark: 'GENERAL_KNOWLEDGE',
    },
    ...equipment('EH-EQUIPMENT', 'equipment', '520'),
    ...equipment('EH-EQUIPMENT-SPOUSE', 'equipment-spouse', '260'),
    ...equipment('EH-EQUIPMENT-CHILD', 'equipment-child', '130'),
    {
      id: 'EH-EQUIPMENT-YEARS-2021',
      key: 'equipment-years',
      value: '3',
      unit: 'COUNT',
      validFrom: '2021-01-01',
      source: 'AGIAMONDO: paid for each of the first three contract years',
      mark: 'FOUND',
    },
    {
      id: 'EH-INTERRUPTION-WEEKS-2021',
      key: 'interruption-pay-weeks',
      value: '6',
      unit: 'COUNT',
      validFrom: '2021-01-01',
      source:
        'EhfG 8: allowances continue to the end of the sixth week of inability to serve for which the worker is not responsible',
      mark: 'FOUND',
    },
    {
      id: 'EH-REINTEGRATION-MONTHS-2021',
      key: 'reintegration-minimum-months',
      value: '6',
      unit: 'MONTHS',
      validFrom: '2021-01-01',
      source:
        'EhfG 4(1) no. 2: on an end before six months of service only if the worker is not responsible for that end',
      mark: 'FOUND',
    },
  ]),
  ...rulesOf('INTEGRATED_EXPERT', [
    amount('IF-REFERENCE-2021', 'reference-net', '4000', 'Reference net salary comparable to a German one'),
    amount('IF-REFERENCE-SPOUSE-2021', 'reference-net-spouse', '400', 'Family share of the reference salary, spouse'),
    amount('IF-REFERENCE-CHILD-2021', 'reference-net-child', '200', 'Family share of the reference salary, each child'),
    amount('IF-SOCIAL-2021', 'social-security', '900', 'Subsidy to pension, health and unemployment insurance'),
    once('IF-RELOCATION-OUT-2021', 'relocation-out', '4000', 'Relocation lump sum at the start'),
    once('IF-RELOCATION-HOME-2021', 'relocation-home', '3500', 'Relocation lump sum at the end'),
  ]),
  ...rulesOf('LOCAL_EXPERT', [
    {
      id: 'LOCAL-INSTALMENT-2021',
      key: 'instalment-months',
      value: '6',
      unit: 'MONTHS',
      validFrom: '2021-01-01',
      source:
        'Instalment plan of the local subsidy; half-yearly like the reports that gate it (docs/domain.md#local-experts)',
      mark: 'PROPOSAL',
    },
    {
      id: 'LOCAL-PROOF-SHARE-2021',
      key: 'proof-share',
      value: '80',
      unit: 'PERCENT',
      validFrom: '2021-01-01',
      source:
        'Practice of subsidy contracts (docs/domain.md#local-experts): the next instalment only after this share of the last is proven spent; to be set by the contract',
      mark: 'GENERAL_KNOWLEDGE',
    },
  ]),
];

function rulesOf(instrument: Instrument, rules: readonly Rule[]): InstrumentRuleView[] {
  return rules.map(({ validTo = null, ...rule }) => ({ instrument, validTo, ...rule }));
}

function equipment(id: string, key: string, value: string): Rule[] {
  // Read at AGIAMONDO, another carrier: GIZ pays the benefit, too, but its own amount was not found.
  const source = 'AGIAMONDO, benefits: Ausstattungsbeitrag per contract year; the amount of GIZ is to be confirmed';
  return [{ id: `${id}-2021`, key, value, unit: 'EUR_ONCE', validFrom: '2021-01-01', source, mark: 'FOUND' }];
}

function amount(id: string, key: string, value: string, what: string): Rule {
  const source = `${what}; amount to be confirmed by the programme`;
  return { id, key, value, unit: 'EUR_PER_MONTH', validFrom: '2021-01-01', source, mark: 'GENERAL_KNOWLEDGE' };
}

function once(id: string, key: string, value: string, what: string): Rule {
  return { ...amount(id, key, value, what), unit: 'EUR_ONCE' };
}
