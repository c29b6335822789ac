import type { CostInputs } from '#contracts/finance';
import { DEMO_MUNICIPALITIES } from '../identity-provider/demo-users';
import { monthStart } from './calendar';

/** One pair of real municipalities and the expert they ask for. Persons and bank accounts are invented. */
export interface DemoCase {
  readonly german: { id: string; ags: string; name: string };
  readonly partner: { id: string; name: string; country: string; kind: 'CITY' | 'MUNICIPALITY'; geonames?: string };
  readonly partnership: {
    id: string;
    kind: 'PARTNERSHIP' | 'PROJECT_PARTNERSHIP';
    field: string;
    languages: string[];
    since: string;
  };
  readonly request: { title: string; situation: string; goal: string; tasks: string };
  readonly costInputs: CostInputs;
  readonly period: { from: string; to: string };
  readonly person: { givenNames: string; familyName: string; birthDate: string };
  readonly citizenship: string;
  readonly residence: string;
  readonly account: { iban: string } | { accountNumber: string; bic: string };
  /** Runs to its last report within the demo. */
  readonly isFinished: boolean;
}

const { tuebingen, moshi, bremen, durban, ludwigsburg, kongoussi } = DEMO_MUNICIPALITIES;

/** Real partnerships (shipped register; evidence in docs): an integrated expert, a development worker, a local expert. */
export const DEMO_CASES: readonly DemoCase[] = [
  {
    german: { id: tuebingen, ags: '08416041', name: 'Tübingen' },
    partner: { id: moshi, name: 'Moshi', country: 'TZ', kind: 'MUNICIPALITY', geonames: '154380' },
    partnership: {
      id: '0198c0de-0000-7000-8000-0000000000a1',
      kind: 'PARTNERSHIP',
      field: 'waste_management',
      languages: ['en', 'sw'],
      since: '2014-04-01',
    },
    request: {
      title: 'Waste concept for the municipal area of Moshi',
      situation: 'Collection reaches about half of the households; the landfill is close to its limit.',
      goal: 'Separate collection in three wards and a tariff that covers its cost.',
      tasks: 'Advise the environment department, plan the pilot wards, train the collection teams.',
    },
    costInputs: {
      instrument: 'INTEGRATED_EXPERT',
      localSalaryMonth: { amount: '2450000.00', currency: 'TZS' },
      hasSpouse: true,
      children: 1,
    },
    period: { from: monthStart(-9), to: monthStart(15) },
    person: { givenNames: 'Erika', familyName: 'Mustermann', birthDate: '1984-05-12' },
    citizenship: 'DE',
    residence: 'DE',
    account: { iban: 'DE89370400440532013000' },
    isFinished: false,
  },
  {
    german: { id: bremen, ags: '04011000', name: 'Bremen' },
    partner: { id: durban, name: 'eThekwini (Durban)', country: 'ZA', kind: 'CITY', geonames: '1007311' },
    partnership: {
      id: '0198c0de-0000-7000-8000-0000000000a2',
      kind: 'PARTNERSHIP',
      field: 'climate_adaptation',
      languages: ['en'],
      since: '2011-06-01',
    },
    request: {
      title: 'Flood early warning for the Umgeni catchment',
      situation: 'The floods of recent years hit settlements near the river without warning.',
      goal: 'An early warning chain from rain gauge to ward committee.',
      tasks: 'Advise the disaster management centre and connect it with Bremen’s dyke associations.',
    },
    costInputs: {
      instrument: 'DEVELOPMENT_WORKER',
      costOfLivingPercent: '4.50',
      rentMonth: { amount: '750.00', currency: 'EUR' },
      hasSpouse: false,
      children: 0,
    },
    period: { from: monthStart(-5, 15), to: monthStart(13, 15) },
    person: { givenNames: 'Max', familyName: 'Beispiel', birthDate: '1990-11-03' },
    citizenship: 'DE',
    residence: 'DE',
    account: { iban: 'DE02120300000000202051' },
    isFinished: false,
  },
  {
    german: { id: ludwigsburg, ags: '08118048', name: 'Ludwigsburg' },
    partner: { id: kongoussi, name: 'Kongoussi', country: 'BF', kind: 'MUNICIPALITY', geonames: '2359402' },
    partnership: {
      id: '0198c0de-0000-7000-8000-0000000000a3',
      kind: 'PROJECT_PARTNERSHIP',
      field: 'water_supply',
      languages: ['fr'],
      since: '2006-01-01',
    },
    request: {
      title: 'Operation of the new water points of Kongoussi',
      situation: 'Forty water points were built; half of them stand still within two years.',
      goal: 'A municipal unit that maintains the points and collects the fees.',
      tasks: 'Build up the unit, keep the register of water points, train the committees.',
    },
    costInputs: {
      instrument: 'LOCAL_EXPERT',
      salaryMonth: { amount: '820.00', currency: 'EUR' },
      employerContributionPercent: '16.00',
      otherCosts: { amount: '2400.00', currency: 'EUR' },
    },
    period: { from: monthStart(-13), to: monthStart(-1) },
    person: { givenNames: 'Awa', familyName: 'Exemple', birthDate: '1988-02-20' },
    citizenship: 'BF',
    residence: 'BF',
    account: { accountNumber: '01001000123456', bic: 'BCAOBFBF' },
    isFinished: true,
  },
];
