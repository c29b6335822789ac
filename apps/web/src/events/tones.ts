import type { EventStatus, RegistrationStatus } from '#contracts/events';
import type { TagTone } from '../ui/status-tag';

export const EVENT_TONES: Readonly<Record<EventStatus, TagTone>> = {
  DRAFT: 'neutral',
  PUBLISHED: 'success',
  REGISTRATION_CLOSED: 'info',
  RUNNING: 'info',
  HELD: 'warning',
  SETTLED: 'neutral',
  CANCELLED: 'danger',
  POSTPONED: 'warning',
};

export const REGISTRATION_TONES: Readonly<Record<RegistrationStatus, TagTone>> = {
  CONFIRMED: 'success',
  WAITLISTED: 'warning',
  OFFERED: 'warning',
  OFFER_EXPIRED: 'neutral',
  CANCELLED: 'neutral',
  ATTENDED: 'success',
  NO_SHOW: 'danger',
};
