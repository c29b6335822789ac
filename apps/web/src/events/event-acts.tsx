import { useQuery } from '@tanstack/react-query';
import {
  cancelEvent,
  changeEvent,
  type EventView,
  listEventActions,
  listRegistrations,
  postponeEvent,
  previewEventChange,
  publishEvent,
  settleEvent,
} from '#contracts/events';
import { read } from '../api/query';
import { common } from '../i18n/common';
import { localized } from '../i18n/format';
import { useLanguage } from '../i18n/language';
import { useTexts } from '../i18n/texts';
import { act, type Act, type ActElsewhere } from '../ui/act';
import { Acts } from '../ui/acts';
import { now } from './now';
import { deskTexts, eventTexts } from './texts';
import { spanText } from './times';

const COUNTED_MAX = 200;

/** What an organiser does with an event; whom it affects is said in the question before it is done. */
export function EventActs({ event, isOrganiser }: { readonly event: EventView; readonly isOrganiser: boolean }) {
  const { list } = useTexts(eventTexts);
  const { words } = useTexts(common);
  const language = useLanguage();
  const { id, version, status, startsAt, endsAt, timeZone, title, capacity } = event;
  const acts = useActs(event, isOrganiser);
  return (
    <Acts
      of={listEventActions}
      id={{ eventId: id }}
      version={version}
      seen={{
        [list.status]: words.eventStatus[status],
        [list.columns.title]: localized(title, language),
        [list.columns.when]: spanText({ from: startsAt, to: endsAt, timeZone }, language),
        [list.columns.deadline]: spanText({ from: event.registrationDeadlineAt, timeZone }, language),
        capacity: String(capacity),
      }}
      acts={acts}
    />
  );
}

function useActs({ id, status }: EventView, isOrganiser: boolean): (Act | ActElsewhere)[] {
  const { acts: t, preview } = useTexts(deskTexts);
  const affected = useQuery({ ...read(previewEventChange, { eventId: id }), enabled: isOrganiser });
  const absent = useQuery({
    ...read(listRegistrations, { eventId: id, status: ['CONFIRMED'], limit: COUNTED_MAX }),
    enabled: isOrganiser && status === 'HELD',
  });
  const { registrations = 0, seats = 0, waiting = 0 } = affected.data ?? {};
  const who = preview.affected(registrations, seats, waiting);
  const fixed = { eventId: id };
  const reason = { reason: { label: t.reason, rows: 3 } };
  const isNext = true;
  const isRare = true;
  // Closing is a change of the deadline alone.
  const close: Act = {
    operation: changeEvent,
    isRare,
    ...t.close,
    ask: `${who} ${t.close.ask}`,
    fixed: { ...fixed, registrationDeadlineAt: now().toISOString() },
    fields: reason,
  };
  return [
    act({ operation: publishEvent, isNext, ...t.publish, fixed, fields: {} }),
    act({
      operation: settleEvent,
      isNext,
      ...t.settle,
      ask: t.settle.ask(t.absent(absent.data?.items.length ?? 0)),
      fixed,
      fields: {},
    }),
    { operation: changeEvent, label: t.change, to: 'edit' },
    ...(status === 'PUBLISHED' ? [close] : []),
    act({ operation: postponeEvent, isRare, ...t.postpone, ask: t.postpone.ask(who), fixed, fields: reason }),
    act({ operation: cancelEvent, isRare, ...t.cancel, ask: t.cancel.ask(who), fixed, fields: reason }),
  ];
}
