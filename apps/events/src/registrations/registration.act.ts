import { listRegistrationActions } from '#contracts/events';
import type { Ownership } from '#database';
import { actsOn } from '#messaging';
import { Registration } from './registration.entity';

/**
 * A registration for a municipality is the municipality's: who has changed to another one does not take it along. One for nobody
 * but the person is the person's.
 */
export const REGISTRATION_OWNERSHIP: Ownership = {
  from: 'registration',
  id: 'registration.id',
  bonds: {
    subject: 'registration.municipality_id IS NULL AND registration.registered_by = ?',
    municipalityId: 'registration.municipality_id = ?',
  },
};

export const act = actsOn({
  entity: Registration,
  ownership: REGISTRATION_OWNERSHIP,
  actions: listRegistrationActions,
});
