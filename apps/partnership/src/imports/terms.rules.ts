import { addDays, type OpenPeriod } from '#contracts';
import { type FieldShare, type ImportDefaults, PartnershipKind } from '#contracts/partnership';
import { type FieldNames, readFields, readLanguages, readPartnershipKind } from './cell-words';
import { proposal, type RowReading } from './row-reading';
import { type PeriodEnd, readDay } from './written-days';

export interface Terms {
  readonly kind: PartnershipKind;
  readonly languages: readonly string[];
  readonly fieldsOfAction: readonly FieldShare[];
  readonly period: OpenPeriod | null;
}

/** What the municipalities agreed on, as far as the row says it; the file's defaults for the rest. */
export function termsOf(reading: RowReading, defaults: ImportDefaults, names: FieldNames): Terms | undefined {
  const kind = kindOf(reading);
  const period = periodOf(reading, kind);
  const languages = languagesOf(reading, defaults);
  const fieldsOfAction = fieldsOf(reading, defaults, names);
  if (kind === undefined || period === undefined || languages === undefined || fieldsOfAction === undefined)
    return undefined;
  return { kind, languages, fieldsOfAction, period };
}

function kindOf(reading: RowReading): PartnershipKind | undefined {
  const text = reading.text('kind');
  if (text === undefined) return undefined;
  const kind = readPartnershipKind(text);
  if (kind) return kind;
  const proposals = PartnershipKind.options.map((each) => proposal('kind', each));
  return reading.refuse('kind', text === '' ? 'MISSING' : 'KIND_UNKNOWN', { proposals });
}

/** The last day is one on which it still holds; a period ends on the day after. Only a project needs an end, and with it a beginning. */
function periodOf(reading: RowReading, kind: PartnershipKind | undefined): OpenPeriod | null | undefined {
  const from = dayOf(reading, 'from', 'FIRST');
  const lastDay = dayOf(reading, 'lastDay', 'LAST');
  if (from === undefined || lastDay === undefined) return undefined;
  if (kind === 'PROJECT_PARTNERSHIP' && lastDay === '') reading.refuse('lastDay', 'MISSING', {});
  if ((kind === 'PROJECT_PARTNERSHIP' || lastDay !== '') && from === '') reading.refuse('from', 'MISSING', {});
  if (from === '' || (kind === 'PROJECT_PARTNERSHIP' && lastDay === ''))
    return from === '' && lastDay === '' ? null : undefined;
  if (lastDay !== '' && lastDay < from) return reading.refuse('lastDay', 'PERIOD_REVERSED', { about: from });
  return { from, to: lastDay === '' ? null : addDays(lastDay, 1) };
}

function dayOf(reading: RowReading, field: 'from' | 'lastDay', end: PeriodEnd): string | undefined {
  const text = reading.text(field);
  if (text === undefined || text === '') return text;
  const read = readDay(text, end);
  if ('day' in read) return read.day;
  return reading.refuse(field, read.code, { proposals: read.days.map((day) => proposal(field, day)) });
}

function languagesOf(reading: RowReading, { languages }: ImportDefaults): readonly string[] | undefined {
  const text = reading.text('languages');
  if (text === undefined || text === '') return text === '' ? languages : undefined;
  const read = readLanguages(text);
  if (read) return read;
  return reading.refuse('languages', 'LANGUAGES_UNKNOWN', { proposals: [proposal('languages', languages.join(', '))] });
}

function fieldsOf(
  reading: RowReading,
  { fieldsOfAction }: ImportDefaults,
  names: FieldNames,
): readonly FieldShare[] | undefined {
  const text = reading.text('fieldsOfAction');
  if (text === undefined || text === '') return text === '' ? fieldsOfAction : undefined;
  const read = readFields(text, names);
  if (read) return read;
  const usual = fieldsOfAction.map(({ key, percent }) => `${key} ${percent}`).join('; ');
  // More shares than a cell holds can be no proposal.
  const proposals = usual.length > 200 ? [] : [proposal('fieldsOfAction', usual)];
  return reading.refuse('fieldsOfAction', 'FIELDS_UNKNOWN', { proposals });
}
