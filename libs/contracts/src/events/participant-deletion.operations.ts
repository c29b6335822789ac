import { z } from 'zod';
import { operation } from '../operation';
import { grant } from '../roles';
import { Id, Instant, pageOf, pageQuery, Version } from '../values';

export const ParticipantDeletionView = z
  .strictObject({
    id: Id,
    version: Version,
    eventId: Id,
    dueAt: Instant.meta({ description: 'When the period for keeping them was over' }),
    deletedAt: Instant,
    people: z.int().min(0).meta({ description: 'Names and addresses that were deleted' }),
  })
  .meta({
    id: 'ParticipantDeletionView',
    description: 'That the people of an event were forgotten, without saying who.',
  });
export type ParticipantDeletionView = z.infer<typeof ParticipantDeletionView>;

export const listParticipantDeletions = operation({
  subject: 'rpc.events.participant-deletion.list',
  http: { method: 'GET', path: '/participant-deletions' },
  summary: 'See whose names and addresses were deleted after their period',
  description:
    'Names and addresses are deleted six months after the event ended or was cancelled, needs with the event itself. Newest first.',
  request: z.strictObject({ ...pageQuery, eventId: Id.optional() }),
  reply: pageOf(ParticipantDeletionView),
  allow: grant('any', 'data-protection-officer', 'auditor', 'adviser'),
});
