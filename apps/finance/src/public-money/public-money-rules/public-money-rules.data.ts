import { type PublicMoneyRuleView, RULE_SETS, type RuleSet } from '#contracts/finance';

type Rule = Omit<PublicMoneyRuleView, 'id' | 'ruleSet' | 'validFrom' | 'validTo'> & {
  validFrom?: string;
  validTo?: string;
};

const TEN_YEARS = 'beihilfedatenbank.de names ten years beside the five of the ANBest; bengo’s own text not found';

/** Rules that are older than any case the fund can have. */
const ALWAYS = '2000-01-01';

/**
 * Spending windows, due dates, interest and thresholds for public money, as dated rows with their source. A rule set is chosen
 * per approval; whether one of these binds the fund is for the programme to confirm (docs/domain.md#rule-sets). A change is a
 * new row with its own validity, never an edited value: deadlines name the row they were made from.
 */
export const PUBLIC_MONEY_RULES: readonly PublicMoneyRuleView[] = [
  ...rulesOf('FEDERAL_GENERAL', [
    ...windows({
      sepa: '6',
      nonSepa: '6',
      unit: 'WEEKS',
      source:
        'General federal meaning of "alsbald": 6 weeks (Laaser, Sechswochenfrist bei Weiterleitung von Förderungen)',
    }),
    due('interim-proof-due', '04-30', 'MONTH_AND_DAY', 'ANBest-P 6.1: four months after the budget year'),
    {
      ...due(
        'final-proof-due',
        '6',
        'MONTHS',
        'beihilfedatenbank.de, general information on grants: six months after the end',
      ),
      mark: 'FOUND',
    },
    retention('10', 'Accounting records, HGB 257, AO 147', 'GENERAL_KNOWLEDGE'),
  ]),
  ...rulesOf('BENGO', [
    {
      key: 'spending-window-sepa',
      value: '6',
      unit: 'WEEKS',
      source: 'bengo, Verwendungsnachweis: inside SEPA within 6 weeks of receipt on the German account',
      mark: 'FOUND',
    },
    {
      key: 'spending-window-non-sepa',
      value: '4',
      unit: 'MONTHS',
      source: 'bengo, Verwendungsnachweis: outside SEPA within 4 months of receipt on the German account',
      mark: 'FOUND',
    },
    ...interimProof('03-31', '02-28'),
    ...finalProof('3', '4'),
    retention('10', TEN_YEARS, 'FOUND'),
  ]),
  ...rulesOf('BENGO_OLDER', [
    ...windows({ sepa: '6', nonSepa: undefined, unit: 'WEEKS', source: 'bengo, Verwendungsnachweis: 6 weeks in SEPA' }),
    {
      key: 'spending-window-non-sepa',
      value: '6',
      unit: 'MONTHS',
      source: 'bengo, questions and answers: older contracts, 6 months outside SEPA',
      mark: 'FOUND',
    },
    { ...due('interim-proof-due', '03-31', 'MONTH_AND_DAY', 'FEB: projects that began before 2023'), mark: 'FOUND' },
    { ...due('final-proof-due', '3', 'MONTHS', 'FEB: projects that began before 2023'), mark: 'FOUND' },
    retention('10', TEN_YEARS, 'FOUND'),
  ]),
  ...rulesOf('ANBEST_GK_OLDER', [
    ...windows({ sepa: '2', nonSepa: '2', unit: 'MONTHS', source: 'ANBest-Gk, older text: within two months' }),
    due('interim-proof-due', '04-30', 'MONTH_AND_DAY', 'ANBest-Gk: after each budget year'),
    due('final-proof-due', '12', 'MONTHS', 'ANBest-Gk: about twelve months after the end'),
    retention('5', 'ANBest: five years after submission', 'GENERAL_KNOWLEDGE'),
  ]),
  ...rulesOf('BAVARIA', [
    ...windows({ sepa: '2', nonSepa: '2', unit: 'MONTHS', source: 'Bavarian VV 7.2 to BayHO 44: two months' }),
    due('interim-proof-due', '04-30', 'MONTH_AND_DAY', 'ANBest-K: after each budget year'),
    {
      ...due('final-proof-due', '6', 'MONTHS', 'BayVV 2230, VV 10 to BayHO 44: within six months after the end'),
      mark: 'FOUND',
    },
    retention('5', 'BayVV 2230, Bavarian ANBest-K and ANBest-P: five years after submission', 'FOUND'),
  ]),
  ...RULE_SETS.flatMap((ruleSet) => rulesOf(ruleSet, everywhere())),
];

/** Texts that hold for each rule set. */
function everywhere(): Rule[] {
  return [
    {
      key: 'interest-points',
      value: '5',
      unit: 'PERCENTAGE_POINTS',
      source: 'VwVfG 49a (3) and (4): five percentage points above the base rate per year',
      mark: 'FOUND',
    },
    {
      key: 'day-count',
      value: 'ACT_365',
      unit: 'DAY_COUNT',
      source: 'Calendar days by 365; the law does not say (BGB 191 counts a year as 365 days)',
      mark: 'GENERAL_KNOWLEDGE',
    },
    {
      key: 'plan-tolerance',
      value: '20',
      unit: 'PERCENT',
      source:
        'ANBest-K 1.2 (Schleswig-Holstein), DAAD, Zuwendungsrecht: an item may exceed its plan by up to 20 % if it is saved elsewhere',
      mark: 'FOUND',
    },
    {
      key: 'inventory-threshold',
      value: '800',
      unit: 'EUR',
      source:
        'Inventory of items above a value (DAAD, Zuwendungsrecht; ANBest-P 4.2); the amount of EUR 800 net is that of EStG 6 (2)',
      mark: 'GENERAL_KNOWLEDGE',
    },
    {
      key: 'minor-claim-threshold',
      value: '50',
      unit: 'EUR',
      source: 'Bagatellgrenze; the amount is to be confirmed by the programme',
      mark: 'PROPOSAL',
    },
    {
      key: 'proven-before-next-instalment',
      value: '80',
      unit: 'PERCENT',
      source:
        'Practice of subsidy contracts (docs/domain.md#local-experts); Bavarian VV 7.2 has the idea: next part after proof of the previous one; share to be set by the contract',
      mark: 'GENERAL_KNOWLEDGE',
    },
  ];
}

function rulesOf(ruleSet: RuleSet, rules: readonly Rule[]): PublicMoneyRuleView[] {
  return rules.map(({ validFrom = ALWAYS, validTo = null, ...rule }) => ({
    id: `${ruleSet}-${rule.key}-${validFrom.slice(0, 4)}`.toUpperCase().replaceAll('_', '-'),
    ruleSet,
    validFrom,
    validTo,
    ...rule,
  }));
}

interface Windows {
  readonly sepa: string;
  readonly nonSepa: string | undefined;
  readonly unit: 'WEEKS' | 'MONTHS';
  readonly source: string;
}

function windows({ sepa, nonSepa, unit, source }: Windows): Rule[] {
  const inside: Rule = { key: 'spending-window-sepa', value: sepa, unit, source, mark: 'FOUND' };
  if (nonSepa === undefined) return [inside];
  return [inside, { ...inside, key: 'spending-window-non-sepa', value: nonSepa }];
}

function due(key: string, value: string, unit: 'MONTH_AND_DAY' | 'MONTHS', source: string): Rule {
  return { key, value, unit, source, mark: 'GENERAL_KNOWLEDGE' };
}

function retention(value: string, source: string, mark: Rule['mark']): Rule {
  return { key: 'receipt-retention', value, unit: 'YEARS', source, mark };
}

function interimProof(before2023: string, since2023: string): Rule[] {
  const rule: Rule = {
    key: 'interim-proof-due',
    value: since2023,
    unit: 'MONTH_AND_DAY',
    source: 'FEB: 28 February of the next year for projects that began in 2023 or later, 31 March before',
    mark: 'FOUND',
  };
  return [
    { ...rule, value: before2023, validTo: '2023-01-01' },
    { ...rule, validFrom: '2023-01-01' },
  ];
}

function finalProof(before2023: string, since2023: string): Rule[] {
  const rule: Rule = {
    key: 'final-proof-due',
    value: since2023,
    unit: 'MONTHS',
    source: 'FEB: four months after the end for projects that began in 2023 or later, three before',
    mark: 'FOUND',
  };
  return [
    { ...rule, value: before2023, validTo: '2023-01-01' },
    { ...rule, validFrom: '2023-01-01' },
  ];
}
