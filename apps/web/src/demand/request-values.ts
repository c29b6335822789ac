import type { RequestInputOf } from '#contracts';
import type { createExpertRequest, ExpertRequestView } from '#contracts/staffing';
import { dayAfter, lastDayOf } from '../i18n/format';

/** What the form holds: the request, with the last day in place of the day after it. */
export interface RequestValues {
  readonly partnershipIds: readonly string[];
  readonly placeOfWorkMunicipalityId: string;
  readonly title: string;
  readonly situation: string;
  readonly goal: string;
  readonly tasks: string;
  readonly fieldsOfAction: readonly { readonly key: string; readonly percent: number | string }[];
  readonly desiredPeriod: { readonly from: string; readonly to: string };
  readonly preferredInstrument: string;
  readonly numberOfExperts: number | string;
}

export const EMPTY: RequestValues = {
  partnershipIds: [],
  placeOfWorkMunicipalityId: '',
  title: '',
  situation: '',
  goal: '',
  tasks: '',
  fieldsOfAction: [{ key: '', percent: '100' }],
  desiredPeriod: { from: '', to: '' },
  preferredInstrument: '',
  numberOfExperts: '',
};

export type Content = Omit<RequestInputOf<typeof createExpertRequest>, 'id'>;

/** Blanks were taken out before, so anything may be missing; the check of the request says what. */
export function contentOf(values: Partial<RequestValues>): Content {
  const { desiredPeriod, ...rest } = values;
  const to = desiredPeriod?.to;
  return {
    ...rest,
    desiredPeriod: desiredPeriod && { from: desiredPeriod.from, to: to !== undefined && isDay(to) ? dayAfter(to) : to },
  } as Content;
}

export function valuesOf(request: ExpertRequestView): RequestValues {
  return {
    partnershipIds: request.partnershipIds,
    placeOfWorkMunicipalityId: request.placeOfWorkMunicipalityId,
    title: request.title,
    situation: request.situation,
    goal: request.goal,
    tasks: request.tasks,
    fieldsOfAction: request.fieldsOfAction,
    desiredPeriod: { from: request.desiredPeriod.from, to: lastDayOf(request.desiredPeriod.to) },
    preferredInstrument: request.preferredInstrument ?? '',
    numberOfExperts: request.numberOfExperts ?? '',
  };
}

/** The members that differ, as a merge patch. */
export function changesOf(before: Content, now: Content): Partial<Content> {
  const changed = Object.entries(now).filter(
    ([name, value]) => JSON.stringify(value) !== JSON.stringify(before[name as keyof Content]),
  );
  return Object.fromEntries(changed);
}

function isDay(text: string): boolean {
  return /^\d{4}-\d\d-\d\d$/.test(text);
}
