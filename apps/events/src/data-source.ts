import { createDataSource } from '#database';
import { messagingMigrations } from '#messaging';
import { migrations } from '../migrations';
import { Event } from './events/event.entity';
import { AccessibilityNeed, Participant } from './registrations/participant.entity';
import { ParticipantDeletion } from './registrations/participant-deletion.entity';
import { Registration } from './registrations/registration.entity';

/** The schema `events`: used by the service, the migration step and the tests alike. */
export const eventsDataSource = createDataSource({
  service: 'events',
  entities: [Event, Registration, Participant, AccessibilityNeed, ParticipantDeletion],
  migrations: [...messagingMigrations, ...migrations],
  constraints: { uq_participant_event_email: 'EVENTS_REGISTRATION_EXISTS' },
});
