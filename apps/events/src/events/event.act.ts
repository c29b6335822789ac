import { listEventActions } from '#contracts/events';
import type { Ownership } from '#database';
import { actsOn } from '#messaging';
import { Event } from './event.entity';

/** Municipalities and experts see what is published; drafts exist for the offices only. */
export const EVENT_OWNERSHIP = {
  from: 'event',
  id: 'event.id',
  bonds: {},
  everybody: 'event.published_at IS NOT NULL',
} satisfies Ownership;

export const act = actsOn({ entity: Event, ownership: EVENT_OWNERSHIP, actions: listEventActions });

export type { Event };
