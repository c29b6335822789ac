import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useId, useState } from 'react';
import { useParams } from 'react-router';
import { checkInRegistration, type EventView, getEvent, undoCheckIn } from '#contracts/events';
import { call } from '../api/call';
import { mayCall } from '../api/may';
import { useMunicipalityNames } from '../api/names';
import { Problem } from '../api/problem';
import { read } from '../api/query';
import { useSession } from '../api/use-session';
import { common } from '../i18n/common';
import { localized } from '../i18n/format';
import { useLanguage } from '../i18n/language';
import { useTexts } from '../i18n/texts';
import { LinkButton } from '../ui/button';
import { Notice } from '../ui/notice';
import { useTell } from '../ui/notices';
import { Page, Section } from '../ui/page';
import { Loaded } from '../ui/query-state';
import { isMeant, partiesOf, type Party, useAttendees, WITH_SEATS } from './attendees';
import { DoorParty } from './door-party';
import { deskTexts, eventTexts } from './texts';

export function CheckInPage() {
  const { eventId = '' } = useParams();
  const query = useQuery(read(getEvent, { eventId }));
  return <Loaded query={query}>{(event) => <Door event={event} />}</Loaded>;
}

/** The door, on a phone in one hand: find the name, tap once, take back if it was the wrong one. */
function Door({ event }: { readonly event: EventView }) {
  const { door: t, board } = useTexts(deskTexts);
  const { list } = useTexts(eventTexts);
  const title = localized(event.title, useLanguage());
  const page = `/events/${event.id}`;
  const [typed, setTyped] = useState('');
  const query = useAttendees(event.id, WITH_SEATS);
  return (
    <Page
      title={t.title}
      crumbs={[
        { label: list.title, to: '/events' },
        { label: title, to: page },
      ]}
      lead={title}
    >
      <Search typed={typed} onType={setTyped} />
      <Loaded query={query}>
        {(attendees) => <Parties eventId={event.id} parties={partiesOf(attendees)} typed={typed} />}
      </Loaded>
      <div className="buttons">
        <LinkButton to={`${page}/walk-in`}>{board.walkIn}</LinkButton>
        <LinkButton to={`${page}/desk`}>{board.title}</LinkButton>
      </div>
    </Page>
  );
}

function Search({ typed, onType }: { readonly typed: string; readonly onType: (typed: string) => void }) {
  const { door: t } = useTexts(deskTexts);
  const id = useId();
  return (
    <div className="kern-form-input">
      <label className="kern-label" htmlFor={id}>
        {t.search}
      </label>
      <input
        id={id}
        type="search"
        className="kern-form-input__input door__search"
        autoComplete="off"
        value={typed}
        onChange={({ target }) => onType(target.value)}
      />
    </div>
  );
}

interface PartiesProps {
  readonly eventId: string;
  readonly parties: readonly Party[];
  readonly typed: string;
}

function Parties({ parties, typed }: PartiesProps) {
  const { door: t } = useTexts(deskTexts);
  const { act, problem } = useDoor();
  const { roles } = useSession();
  const townOf = useMunicipalityNames(parties.flatMap(({ registration }) => registration.municipalityId ?? []));
  const found = parties.filter(({ people }) => people.some(({ name }) => isMeant(name, typed)));
  const open = found.filter(({ registration }) => registration.status === 'CONFIRMED');
  const done = found.filter(({ registration }) => registration.status !== 'CONFIRMED');
  const came = parties.reduce((sum, { registration }) => sum + (registration.seatsAttended ?? 0), 0);
  const all = parties.reduce((sum, { registration }) => sum + registration.seats, 0);
  const rows = (some: readonly Party[]) => (
    <ul className="door">
      {some.map((party) => (
        <DoorParty
          key={party.registration.id}
          party={party}
          town={party.registration.municipalityId === null ? undefined : townOf(party.registration.municipalityId)}
          onCheckIn={
            mayCall(checkInRegistration, roles) ? (seatsAttended) => act.checkIn(party, seatsAttended) : undefined
          }
          onUndo={mayCall(undoCheckIn, roles) ? () => act.undo(party) : undefined}
        />
      ))}
    </ul>
  );
  return (
    <>
      <p className="card__number" role="status">
        {t.there(came, all)}
      </p>
      {problem && <DoorProblem problem={problem} />}
      {found.length === 0 && <p className="kern-body empty">{parties.length === 0 ? t.empty : t.none}</p>}
      {open.length > 0 && <Section title={t.open}>{rows(open)}</Section>}
      {done.length > 0 && <Section title={t.done}>{rows(done)}</Section>}
    </>
  );
}

function DoorProblem({ problem }: { readonly problem: Problem }) {
  const t = useTexts(common);
  return (
    <Notice tone="danger" role="alert" title={problem.isAway ? t.errors.away : t.errors.failed}>
      <p className="kern-body">{problem.isAway ? t.errors.awayHelp : problem.detail || t.errors.failedHelp}</p>
    </Notice>
  );
}

/** Checks in and takes back without a dialog; what was refused stands above the list until the next tap. */
function useDoor() {
  const { door: t } = useTexts(deskTexts);
  const client = useQueryClient();
  const tell = useTell();
  const [problem, setProblem] = useState<Problem>();
  async function run(done: string, write: () => Promise<unknown>): Promise<void> {
    setProblem(undefined);
    try {
      await write();
      tell(done);
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      setProblem(error);
    }
    await client.invalidateQueries();
  }
  const nameOf = ({ people: [first, ...others] }: Party) =>
    others.length > 0 ? t.and(first?.name ?? '', others.length) : (first?.name ?? '');
  return {
    problem,
    act: {
      checkIn: (party: Party, seatsAttended: number) =>
        run(seatsAttended === 0 ? `${nameOf(party)}: ${t.absent}` : t.checkedIn(nameOf(party)), () =>
          call(
            checkInRegistration,
            { registrationId: party.registration.id, seatsAttended },
            { version: party.registration.version, idempotencyKey: crypto.randomUUID() },
          ),
        ),
      undo: (party: Party) =>
        run(t.undone(nameOf(party)), () =>
          call(
            undoCheckIn,
            { registrationId: party.registration.id, reason: t.undoReason },
            { version: party.registration.version, idempotencyKey: crypto.randomUUID() },
          ),
        ),
    },
  };
}
