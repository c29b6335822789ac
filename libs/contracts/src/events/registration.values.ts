import { z } from 'zod';

/** Whom quotas count. Source: docs/domain.md#registrations. */
export const REGISTRANT_GROUPS = ['GERMAN_SIDE', 'PARTNER_SIDE', 'EXPERTS'] as const;
export const RegistrantGroup = z.enum(REGISTRANT_GROUPS).meta({ id: 'RegistrantGroup' });
export type RegistrantGroup = z.infer<typeof RegistrantGroup>;

export const ATTENDANCE_MODES = ['ON_SITE', 'ONLINE'] as const;
export const AttendanceMode = z.enum(ATTENDANCE_MODES).meta({ id: 'AttendanceMode' });
export type AttendanceMode = z.infer<typeof AttendanceMode>;

export const REGISTRATION_KINDS = ['PERSON', 'DELEGATION'] as const;
export const RegistrationKind = z.enum(REGISTRATION_KINDS).meta({ id: 'RegistrationKind' });
export type RegistrationKind = z.infer<typeof RegistrationKind>;

export const REGISTRATION_STATUSES = [
  'CONFIRMED',
  'WAITLISTED',
  'OFFERED',
  'OFFER_EXPIRED',
  'CANCELLED',
  'ATTENDED',
  'NO_SHOW',
] as const;
export const RegistrationStatus = z.enum(REGISTRATION_STATUSES).meta({ id: 'RegistrationStatus' });
export type RegistrationStatus = z.infer<typeof RegistrationStatus>;

/**
 * Why a registration still waits: no seat is free; fewer are free than it needs; or those that are free are kept for a larger party
 * that came earlier. Source: docs/domain.md#registrations.
 */
export const WAITING_REASONS = ['NO_SEAT_FREE', 'TOO_FEW_SEATS_FREE', 'SEATS_KEPT_FOR_EARLIER_PARTY'] as const;
export const WaitingReason = z.enum(WAITING_REASONS).meta({ id: 'WaitingReason' });
export type WaitingReason = z.infer<typeof WaitingReason>;

/** Barrier-free participation. Source: docs/domain.md#registrations. */
export const ACCESSIBILITY_NEEDS = [
  'STEP_FREE_ACCESS',
  'SIGN_LANGUAGE',
  'CAPTIONING',
  'EASY_READ',
  'HEARING_LOOP',
  'DIET',
  'COMPANION',
  'OTHER',
] as const;
export const AccessibilityNeedKind = z.enum(ACCESSIBILITY_NEEDS).meta({ id: 'AccessibilityNeedKind' });
export type AccessibilityNeedKind = z.infer<typeof AccessibilityNeedKind>;

/** Languages in which people get mails. */
export const MAIL_LANGUAGES = ['de', 'en', 'fr', 'es'] as const;
export const MailLanguage = z.enum(MAIL_LANGUAGES).meta({ id: 'MailLanguage' });
export type MailLanguage = z.infer<typeof MailLanguage>;

/** Why somebody gets a mail: to confirm an address, or as another registration named an address that is confirmed now. */
export const MAIL_KINDS = ['ADDRESS_CONFIRMATION', 'ADDRESS_TAKEN'] as const;
export const MailKind = z.enum(MAIL_KINDS).meta({ id: 'MailKind' });
export type MailKind = z.infer<typeof MailKind>;
