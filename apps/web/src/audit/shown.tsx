import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { Day } from '#contracts';
import { common } from '../i18n/common';
import { dayText, instantText } from '../i18n/format';
import { useLanguage } from '../i18n/language';
import { useTexts } from '../i18n/texts';
import { auditTexts } from './texts';

type Value = string | number | boolean | null | undefined;

const INSTANT = /^\d{4}-\d\d-\d\dT[\d:.]+Z$/;
const UUID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/;

/** A value before or after a change in words; its place is the kind of object and the field. */
export function useShown(): (place: string, value: Value) => ReactNode {
  const { words, yes, no } = useTexts(common);
  const { otherObject } = useTexts(auditTexts);
  const language = useLanguage();
  const kinds: Readonly<Record<string, Readonly<Record<string, string>>>> = {
    'partnership.status': words.partnershipStatus,
    'partnership.kind': words.partnershipKind,
    'municipality.kind': words.municipalityKind,
    'agreement.kind': words.agreementKind,
    'expert_request.status': words.requestStatus,
    'expert_request.instrument': words.instrument,
    'expert_request.preferredInstrument': words.instrument,
    'assignment.status': words.assignmentStatus,
    'assignment.instrument': words.instrument,
    'commitment.instrument': words.instrument,
    'report.status': words.reportStatus,
    'report.kind': words.reportKind,
    'payout.status': words.payoutStatus,
    'payout.resumeStatus': words.payoutStatus,
    'payment_run.status': words.paymentRunStatus,
    'event.status': words.eventStatus,
    'registration.status': words.registrationStatus,
  };
  return (place, value) => {
    if (value === null || value === undefined) return '–';
    if (typeof value === 'boolean') return value ? yes : no;
    const text = String(value);
    if (INSTANT.test(text)) return instantText(text, language);
    if (Day.safeParse(text).success) return dayText(text, language);
    if (UUID.test(text))
      return (
        <Link className="kern-link" to={`/audit?${new URLSearchParams({ objectId: text }).toString()}`}>
          {otherObject}
        </Link>
      );
    return kinds[place]?.[text] ?? text;
  };
}
