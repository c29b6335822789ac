import { createDataSource } from '#database';
import { messagingMigrations } from '#messaging';
import { loadRules, RuleProposal, rulesMigrations } from '#rules';
import { migrations } from '../migrations';
import { Event } from './events/event.entity';
import { AccessibilityNeed, Participant } from './registrations/participant.entity';
import { ParticipantDeletion } from './registrations/participant-deletion.entity';
import { Registration } from './registrations/registration.entity';
import { EVENTS_RULE_FILES } from './rule-files';

/** The schema `events`: used by the service, the migration step and the tests alike. */
export const eventsDataSource = createDataSource({
  service: 'events',
  entities: [Event, Registration, Participant, AccessibilityNeed, ParticipantDeletion, RuleProposal],
  migrations: [...messagingMigrations, ...migrations, ...rulesMigrations],
  loadReferenceData: (tx) => loadRules(tx, 'events', EVENTS_RULE_FILES),
  constraints: {
    uq_participant_event_email: 'EVENTS_REGISTRATION_EXISTS',
    uq_participant_confirmed_address: 'EVENTS_REGISTRATION_EXISTS',
  },
});
