import { useQuery } from '@tanstack/react-query';
import { type Ref, type RefObject, type SyntheticEvent, useRef } from 'react';
import { type FieldValues, useWatch } from 'react-hook-form';
import { type EventView, getEventFreeSeats, type RegistrantGroup } from '#contracts/events';
import { read } from '../api/query';
import { useTexts } from '../i18n/texts';
import { Notice } from '../ui/notice';
import type { OperationForm } from '../ui/use-operation-form';
import { fitOf } from './fit';
import { usePoolName } from './seats';
import { eventTexts } from './texts';

interface Fit {
  readonly seats: number;
  readonly free: number;
  readonly waiting: number;
  /** Why it can never be accepted. */
  readonly never: string | undefined;
}

/** How what a form holds fits into the seats of an event; undefined until that can be said. */
function useFit(event: EventView, { form }: Pick<OperationForm<FieldValues>, 'form'>): Fit | undefined {
  const { register: t } = useTexts(eventTexts);
  const poolName = usePoolName();
  const { data } = useQuery(read(getEventFreeSeats, { eventId: event.id }));
  const [group, attendanceMode, people] = useWatch({
    control: form.control,
    name: ['group', 'attendanceMode', 'participants'],
  }) as [RegistrantGroup | '', 'ONLINE' | '', readonly unknown[]];
  if (!data || group === '' || attendanceMode === '') return undefined;
  const seats = people.length;
  const { free, tooSmall } = fitOf(data.pools, { group, attendanceMode, seats });
  const perTown = group === 'EXPERTS' ? null : event.municipalitySeatsMax;
  const never = tooSmall
    ? t.neverHelp(seats, tooSmall.capacity, poolName(tooSmall))
    : perTown !== null && seats > perTown
      ? t.townLimit(seats, perTown)
      : undefined;
  return { seats, free, waiting: data.waiting, never };
}

interface RefusedAtOnce<Values extends FieldValues> {
  readonly fit: Fit | undefined;
  readonly ref: RefObject<HTMLDivElement | null>;
  /** The form, which is not sent as long as the party can never fit. */
  readonly state: OperationForm<Values>;
}

/** What could never be accepted is not sent: the numbers say why. The service refuses it all the same. */
export function useRefusedAtOnce<Values extends FieldValues>(
  event: EventView,
  state: OperationForm<Values>,
): RefusedAtOnce<Values> {
  const ref = useRef<HTMLDivElement>(null);
  const fit = useFit(event, state as unknown as OperationForm<FieldValues>);
  const submit = async (submitted?: SyntheticEvent) => {
    if (fit?.never === undefined) {
      await state.submit(submitted);
      return;
    }
    submitted?.preventDefault();
    ref.current?.focus();
  };
  return { fit, ref, state: { ...state, submit } };
}

/** Whether the seats suffice, before anything is sent. */
export function FitNotice({ fit, ref }: { readonly fit: Fit | undefined; readonly ref: Ref<HTMLDivElement> }) {
  const { register: t } = useTexts(eventTexts);
  if (!fit) return null;
  const { seats, free, waiting, never } = fit;
  if (never !== undefined)
    return (
      <Notice tone="danger" title={t.never} role="alert" ref={ref}>
        <p className="kern-body">{never}</p>
      </Notice>
    );
  const isEnough = free >= seats && waiting === 0;
  return (
    <Notice
      tone={isEnough ? 'success' : 'warning'}
      title={(free >= seats ? t.fits : t.waits)(seats, free)}
      role="status"
    >
      {waiting > 0 && <p className="kern-body">{t.behind(waiting)}</p>}
    </Notice>
  );
}
