import { createMunicipality } from '#contracts/partnership';
import { call } from '../api/call';
import { Problem } from '../api/problem';

/** A town that was chosen: recorded already, or an entry of the register that is recorded with the partnership. */
export interface Participant {
  readonly key: string;
  readonly name: string;
  readonly detail: string;
  readonly municipalityId: string | null;
}

/** The ids of all, after those that were not yet recorded are; somebody else may have been faster, which is as good. */
export function recordedIds(participants: readonly Participant[]): Promise<string[]> {
  return Promise.all(participants.map(async ({ key, municipalityId }) => municipalityId ?? recordGerman(key)));
}

async function recordGerman(officialKey: string): Promise<string> {
  try {
    return (await call(createMunicipality, { side: 'DE', officialKey })).id;
  } catch (error) {
    const id =
      error instanceof Problem && error.code === 'PARTNERSHIP_MUNICIPALITY_EXISTS'
        ? error.details.municipalityId
        : undefined;
    if (typeof id === 'string') return id;
    throw error;
  }
}
