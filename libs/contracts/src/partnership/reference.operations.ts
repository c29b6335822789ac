import { z } from 'zod';
import { operation } from '../operation';
import { EVERY_PERSON } from '../roles';
import { FIELDS_OF_ACTION } from './fields-of-action';
import { CountryCode, csv, CurrencyCode, Day, Line, Language, pageOf, pageQuery, Written, Code } from '../values';

/** Texts of a code list, by language; longer than what people type (target 2.5 has 600 characters). */
const Texts = z.partialRecord(Language, Written(1000));
const ShortCode = Written(20);
const Source = Written(1000);

const A_FIELD = 'a key from /v1/reference/fields-of-action';
export const FieldOfActionKey = Code(50, /^[a-z][a-z_]{1,49}$/, A_FIELD)
  .refine((key) => FIELDS_OF_ACTION.includes(key), A_FIELD)
  .meta({ description: 'Key of a field of action, such as "waste_management"' });

export const CrsPurpose = z
  .strictObject({ code: ShortCode, name: Written(500) })
  .meta({ id: 'CrsPurpose', description: 'OECD DAC CRS purpose code' });

export const FieldOfActionView = z
  .strictObject({
    key: FieldOfActionKey,
    name: Texts,
    sdgGoals: z.array(ShortCode).max(17),
    sdgTargets: z.array(ShortCode).max(169),
    crsMain: CrsPurpose.meta({
      description: 'Förderbereichsschlüssel: the CRS purpose code that represents the field',
    }),
    crsFurther: z.array(CrsPurpose).max(100),
    source: Source,
  })
  .meta({ id: 'FieldOfActionView' });
export type FieldOfActionView = z.infer<typeof FieldOfActionView>;

export const listFieldsOfAction = operation({
  subject: 'rpc.partnership.field-of-action.list',
  http: { method: 'GET', path: '/reference/fields-of-action' },
  summary: 'List the fields of action with their SDG and CRS codes',
  description:
    'Handlungsfelder. The codes exist in the IATI lists of 2026-06-22; the assignment of field to code is a proposal (docs/domain.md#fields-of-action).',
  request: z.strictObject({ ...pageQuery }),
  reply: pageOf(FieldOfActionView),
  allow: EVERY_PERSON,
  isPublic: true,
});

export const SdgGoalView = z.strictObject({ code: ShortCode, name: Texts, source: Source }).meta({ id: 'SdgGoalView' });
export type SdgGoalView = z.infer<typeof SdgGoalView>;

export const listSdgGoals = operation({
  subject: 'rpc.partnership.sdg-goal.list',
  http: { method: 'GET', path: '/reference/sdg-goals' },
  summary: 'List the 17 Sustainable Development Goals',
  request: z.strictObject({ ...pageQuery }),
  reply: pageOf(SdgGoalView),
  allow: EVERY_PERSON,
});

export const SdgTargetView = z
  .strictObject({ code: ShortCode, goal: ShortCode, name: Texts, source: Source })
  .meta({ id: 'SdgTargetView' });
export type SdgTargetView = z.infer<typeof SdgTargetView>;

export const listSdgTargets = operation({
  subject: 'rpc.partnership.sdg-target.list',
  http: { method: 'GET', path: '/reference/sdg-targets' },
  summary: 'List the 169 targets of the Sustainable Development Goals',
  request: z.strictObject({
    ...pageQuery,
    goal: csv(Code(2, /^([1-9]|1[0-7])$/, 'a goal, 1 to 17')).optional(),
  }),
  reply: pageOf(SdgTargetView),
  allow: EVERY_PERSON,
});

export const DacGroup = z
  .enum(['LDC', 'OTHER_LIC', 'LMIC', 'UMIC'])
  .meta({ id: 'DacGroup', description: 'Income group in the DAC list of ODA recipients' });
export type DacGroup = z.infer<typeof DacGroup>;

export const CountryView = z
  .strictObject({
    code: CountryCode,
    alpha3: Written(3),
    m49: Written(3).nullable().meta({ description: 'UN M49 code, 3 digits' }),
    name: Texts,
    region: Written(200).nullable().meta({ description: 'UN M49 region' }),
    subregion: Written(200).nullable(),
    currencies: z.array(CurrencyCode).max(20).meta({ description: 'ISO 4217' }),
    dacGroup: DacGroup.nullable().meta({ description: 'Group on the asked day; null when not on the DAC list' }),
    isGermanCooperationPartner: z
      .boolean()
      .meta({ description: 'Partner country of German development cooperation on the asked day' }),
    source: Source.nullable().meta({ description: 'Source of the DAC group; null without one' }),
    validFrom: Day.nullable().meta({ description: 'First day of the DAC group' }),
    validTo: Day.nullable().meta({ description: 'First day after it; null until a later list replaces it' }),
  })
  .meta({ id: 'CountryView' });
export type CountryView = z.infer<typeof CountryView>;

export const listCountries = operation({
  subject: 'rpc.partnership.country.list',
  http: { method: 'GET', path: '/reference/countries' },
  summary: 'List countries with currency and DAC group',
  request: z.strictObject({
    ...pageQuery,
    q: Line(100).optional().meta({ description: 'Part of the English name, or a code of 2 or 3 capital letters' }),
    on: Day.optional().meta({ description: 'Day for the DAC group; today unless stated' }),
    dacGroup: csv(DacGroup).optional(),
  }),
  reply: pageOf(CountryView),
  allow: EVERY_PERSON,
});
