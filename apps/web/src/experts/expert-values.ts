import type { RequestInputOf } from '#contracts';
import type { createExpert, ExpertView } from '#contracts/staffing';

/** What the form holds; qualifications are written one a line. */
export interface ExpertValues {
  readonly person: { givenNames: string; familyName: string; birthDate: string; email: string };
  readonly citizenships: readonly string[];
  readonly residenceCountry: string;
  readonly languages: readonly { language: string; level: string }[];
  readonly fieldsOfAction: readonly string[];
  readonly qualifications: string;
  readonly document: string;
  readonly duplicateReason: string;
  readonly reason: string;
}

export const NEW_EXPERT: ExpertValues = {
  person: { givenNames: '', familyName: '', birthDate: '', email: '' },
  citizenships: [],
  residenceCountry: '',
  languages: [{ language: '', level: '' }],
  fieldsOfAction: [],
  qualifications: '',
  document: '',
  duplicateReason: '',
  reason: '',
};

export function valuesOf({
  person,
  citizenships,
  residenceCountry,
  languages,
  fieldsOfAction,
  qualifications,
}: ExpertView): ExpertValues {
  return {
    ...NEW_EXPERT,
    person: person ?? NEW_EXPERT.person,
    citizenships,
    residenceCountry,
    languages,
    fieldsOfAction,
    qualifications: qualifications.join('\n'),
  };
}

type Content = Omit<RequestInputOf<typeof createExpert>, 'id' | 'document' | 'duplicateReason'>;

/** The record as a request has it; blanks were taken out before, so each part may be missing. */
export function contentOf(values: Partial<ExpertValues>): Content {
  const {
    person,
    citizenships = [],
    residenceCountry,
    languages = [],
    fieldsOfAction = [],
    qualifications = '',
  } = values;
  return {
    person,
    citizenships,
    residenceCountry,
    languages,
    fieldsOfAction,
    qualifications: qualifications
      .split('\n')
      .map((line) => line.trim())
      .filter((line) => line !== ''),
  } as Content;
}
