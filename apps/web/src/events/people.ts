import type { ParticipantEntry } from '#contracts/events';

/** A person as a form holds it. */
export interface PersonValues {
  readonly name: string;
  readonly email: string;
  readonly accessibilityNeeds: readonly { readonly kind: string; readonly note: string }[];
}

export const NOBODY: PersonValues = { name: '', email: '', accessibilityNeeds: [] };

/** People as they are sent: blanks were taken out before, so anything may be missing, and the check of the request says what. */
export function peopleOf(values: readonly Partial<PersonValues>[] | undefined): ParticipantEntry[] {
  return (values ?? []).map(personOf);
}

export function personOf(values: Partial<PersonValues> | undefined): ParticipantEntry {
  return { accessibilityNeeds: [], ...values } as unknown as ParticipantEntry;
}
