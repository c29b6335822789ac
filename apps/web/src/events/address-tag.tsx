import type { EventParticipantView } from '#contracts/events';
import { useTexts } from '../i18n/texts';
import { StatusTag } from '../ui/status-tag';
import { eventTexts } from './texts';

export type Addressed = Pick<EventParticipantView, 'addressConfirmedAt' | 'addressTakenAt'>;

/** Whether the addresses of some people are known to be theirs, in one word; what somebody has to mend stands above the rest. */
export function AddressTag({ people }: { readonly people: readonly Addressed[] }) {
  const { addresses: t } = useTexts(eventTexts);
  if (people.some(({ addressTakenAt }) => addressTakenAt !== null))
    return <StatusTag tone="danger">{t.taken}</StatusTag>;
  const confirmed = people.filter(({ addressConfirmedAt }) => addressConfirmedAt !== null).length;
  if (confirmed === people.length) return <StatusTag tone="success">{t.confirmed}</StatusTag>;
  return <StatusTag tone="neutral">{confirmed === 0 ? t.open : t.some(confirmed, people.length)}</StatusTag>;
}

/** One who can still be asked: neither confirmed nor known to be somebody else's. */
export function isUnconfirmed({ addressConfirmedAt, addressTakenAt }: Addressed): boolean {
  return addressConfirmedAt === null && addressTakenAt === null;
}
