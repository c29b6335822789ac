import { useQuery } from '@tanstack/react-query';
import {
  cancelRegistration,
  changeRegistration,
  checkInRegistration,
  confirmRegistration,
  correctAttendance,
  type EventParticipantView,
  type EventView,
  listEventParticipants,
  listRegistrationActions,
  type RegistrationView,
  replaceParticipant,
  requestAddressConfirmation,
  undoCheckIn,
} from '#contracts/events';
import { mayCall } from '../api/may';
import { read } from '../api/query';
import { useSession } from '../api/use-session';
import { common } from '../i18n/common';
import { useTexts } from '../i18n/texts';
import { act, type Act } from '../ui/act';
import { Acts } from '../ui/acts';
import { CheckManyField, choicesOf } from '../ui/inputs';
import { isUnconfirmed } from './address-tag';
import { NOBODY } from './people';
import { PeopleFields, PersonFields } from './people-fields';
import { deskTexts, eventTexts } from './texts';

interface RegistrationActsProps {
  readonly registration: RegistrationView;
  readonly event: EventView;
}

/** What becomes of a registration after it arrived: by whoever registered, and at the desk. */
export function RegistrationActs(props: RegistrationActsProps) {
  const { registration: t, modes } = useTexts(eventTexts);
  const { words } = useTexts(common);
  const { id, version, status, seats, attendanceMode, seatsAttended } = props.registration;
  return (
    <Acts
      of={listRegistrationActions}
      id={{ registrationId: id }}
      version={version}
      seen={{
        [t.status]: words.registrationStatus[status],
        [t.seats]: String(seats),
        [t.mode]: modes[attendanceMode],
        [t.came]: String(seatsAttended ?? '–'),
      }}
      acts={[...useRegistrantsActs(props), ...useMailActs(props.registration), ...useDeskActs(props.registration)]}
    />
  );
}

function useRegistrantsActs({ registration, event }: RegistrationActsProps): Act[] {
  const { acts: t, modes, register } = useTexts(eventTexts);
  const { id, status, attendanceMode, kind } = registration;
  const people = usePeople(id).map(chosenByName);
  const fixed = { registrationId: id };
  const reason = { label: t.reason, rows: 2 };
  const { ON_SITE, ONLINE } = modes;
  const otherModes =
    event.mode === 'HYBRID' ? choicesOf({ ON_SITE, ONLINE }).filter(({ value }) => value !== attendanceMode) : [];
  const nothing = { label: '', render: () => null };
  const isParty = kind === 'DELEGATION';
  return [
    act({ operation: confirmRegistration, isNext: true, ...t.confirm, fixed, fields: {} }),
    act({
      operation: changeRegistration,
      ...t.change,
      fixed,
      fields: {
        reason,
        attendanceMode: otherModes.length > 0 ? { label: t.mode, choices: otherModes } : nothing,
        addParticipants: {
          label: t.add,
          initial: [],
          render: isParty ? () => <PeopleFields key="add" name="addParticipants" label={t.add} /> : () => null,
        },
        removeParticipantIds: {
          label: t.remove,
          initial: [],
          render: isParty
            ? () => (
                <CheckManyField key="remove" name="removeParticipantIds" label={t.remove} choices={people} isOptional />
              )
            : () => null,
        },
      },
    }),
    act({
      operation: replaceParticipant,
      ...t.replace,
      fixed,
      fields: {
        participantId: { label: t.who, choices: people },
        substitute: {
          label: t.substitute,
          initial: NOBODY,
          render: () => (
            <fieldset className="one-of-several" key="substitute">
              <legend className="kern-label">{t.substitute}</legend>
              <PersonFields name="substitute" />
            </fieldset>
          ),
          hint: register.needsHint,
        },
        reason,
      },
    }),
    act({ operation: cancelRegistration, ...(status === 'OFFERED' ? t.decline : t.cancel), fixed, fields: {} }),
  ];
}

/** Offered as long as somebody has not confirmed. */
function useMailActs({ id }: RegistrationView): Act[] {
  const { acts: t } = useTexts(eventTexts);
  const asked = usePeople(id).filter(isUnconfirmed).map(chosenByName);
  if (asked.length === 0) return [];
  return [
    act({
      operation: requestAddressConfirmation,
      ...t.resend,
      fixed: { registrationId: id },
      fields: {
        participantId:
          asked.length > 1
            ? { label: t.resendTo, hint: t.resendToHint, choices: asked }
            : { label: '', render: () => null },
      },
    }),
  ];
}

function usePeople(registrationId: string): readonly EventParticipantView[] {
  const { roles } = useSession();
  const { data } = useQuery({
    ...read(listEventParticipants, { registrationId }),
    enabled: mayCall(listEventParticipants, roles),
  });
  return data?.items ?? [];
}

function chosenByName({ id, name }: EventParticipantView) {
  return { value: id, label: name };
}

function useDeskActs({ id, seats }: RegistrationView): Act[] {
  const { acts: t } = useTexts(deskTexts);
  const fixed = { registrationId: id };
  const reason = { label: t.reason, rows: 2 };
  return [
    act({
      operation: checkInRegistration,
      isNext: true,
      ...t.checkIn,
      fixed,
      fields: { seatsAttended: { label: `${t.seatsAttended} (0–${seats})`, hint: t.seatsAttendedHint } },
    }),
    act({
      operation: correctAttendance,
      ...t.correct,
      fixed,
      fields: { seatsAttended: { label: `${t.seatsAttended} (0–${seats})`, hint: t.correctHint }, reason },
    }),
    act({ operation: undoCheckIn, ...t.undo, fixed, fields: { reason } }),
  ];
}
