import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useContext } from 'react';
import { useLocation, useParams } from 'react-router';
import {
  createRegistration,
  type EventView,
  getEvent,
  getProgrammeEvent,
  type ProgrammeEventView,
} from '#contracts/events';
import { useFieldNames } from '../api/fields-of-action';
import { mayCall } from '../api/may';
import { read } from '../api/query';
import { type Session, signInAddress } from '../api/session';
import { SessionContext } from '../api/use-session';
import { common } from '../i18n/common';
import { localized } from '../i18n/format';
import { useLanguage } from '../i18n/language';
import { useTexts } from '../i18n/texts';
import { LinkButton } from '../ui/button';
import { Facts } from '../ui/facts';
import { Notice } from '../ui/notice';
import { Page, Section } from '../ui/page';
import { Loaded } from '../ui/query-state';
import { StatusTag } from '../ui/status-tag';
import { Costs } from './costs';
import { EventActs } from './event-acts';
import { now } from './now';
import { OwnRegistrations } from './own-registrations';
import { isOrganiser, isRegistrant } from './roles';
import { PublicSeats, Seats } from './seats';
import { deskTexts, eventTexts } from './texts';
import { ZonedTime } from './times';
import { EVENT_TONES } from './tones';

/** One event: for everybody what was published of it, for those who are signed in its seats and what they can do. */
export function EventPage() {
  const session = useContext(SessionContext);
  return session && mayCall(getEvent, session.roles) ? <ForCallers session={session} /> : <ForEverybody />;
}

function ForEverybody() {
  const { event: t } = useTexts(eventTexts);
  const { eventId = '' } = useParams();
  const { pathname } = useLocation();
  const query = useQuery(read(getProgrammeEvent, { eventId }));
  return (
    <Loaded query={query}>
      {(event) => (
        <EventFrame
          event={event}
          acts={
            isOpen(event) ? (
              <div className="buttons">
                <a className="kern-btn kern-btn--primary" href={signInAddress(`${pathname}/register`)}>
                  <span className="kern-label">{t.signInToRegister}</span>
                </a>
              </div>
            ) : (
              <p className="kern-body">{t.closed}</p>
            )
          }
        >
          <PublicSeats event={event} />
        </EventFrame>
      )}
    </Loaded>
  );
}

function ForCallers({ session: { roles } }: { readonly session: Session }) {
  const { eventId = '' } = useParams();
  const query = useQuery(read(getEvent, { eventId }));
  return (
    <Loaded query={query}>
      {(event) => (
        <EventFrame event={event} full={event} acts={<CallersActs event={event} roles={roles} />}>
          <Seats eventId={eventId} />
          {isRegistrant(roles) && <OwnRegistrations eventId={eventId} />}
          {event.status !== 'DRAFT' && <Costs eventId={eventId} />}
        </EventFrame>
      )}
    </Loaded>
  );
}

function CallersActs({ event, roles }: { readonly event: EventView; readonly roles: Session['roles'] }) {
  const { event: t } = useTexts(eventTexts);
  const isOffered = mayCall(createRegistration, roles);
  const isOrganising = isOrganiser(roles);
  return (
    <>
      {isOrganising ? (
        <OrganisersWays event={event} canRegister={isOffered && isOpen(event)} />
      ) : (
        isOffered &&
        isOpen(event) && (
          <div className="buttons">
            <LinkButton rank="primary" to="register">
              {t.register}
            </LinkButton>
          </div>
        )
      )}
      {isOffered && !isOrganising && !isOpen(event) && <p className="kern-body">{t.closed}</p>}
      <EventActs event={event} isOrganiser={isOrganising} />
    </>
  );
}

/** Where the work with an event is done. What is done most at its present state comes first; a draft is published first of all. */
function OrganisersWays({ event, canRegister }: { readonly event: EventView; readonly canRegister: boolean }) {
  const t = useTexts(deskTexts);
  if (event.publishedAt === null) return null;
  const desk = { to: 'desk', label: t.desk };
  const checkIn = { to: 'check-in', label: t.checkIn };
  const register = canRegister ? [{ to: 'register', label: t.board.register }] : [];
  const isRunning = event.status === 'RUNNING';
  const ways = isRunning ? [checkIn, desk, ...register] : [desk, ...register, checkIn];
  const hasMain = isRunning || event.status === 'PUBLISHED' || event.status === 'REGISTRATION_CLOSED';
  return (
    <div className="buttons">
      {ways.map(({ to, label }, index) => (
        <LinkButton key={to} rank={hasMain && index === 0 ? 'primary' : 'secondary'} to={to}>
          {label}
        </LinkButton>
      ))}
    </div>
  );
}

function isOpen({ status, registrationDeadlineAt }: ProgrammeEventView): boolean {
  return status === 'PUBLISHED' && now().toISOString() <= registrationDeadlineAt;
}

interface FrameProps {
  readonly event: ProgrammeEventView;
  /** What only those who are signed in know of it. */
  readonly full?: EventView;
  readonly acts: ReactNode;
  readonly children: ReactNode;
}

function EventFrame({ event, full, acts, children }: FrameProps) {
  const { event: t, list, kinds } = useTexts(eventTexts);
  const { words } = useTexts(common);
  const language = useLanguage();
  const { title, status, description, kind, caseNumber } = event;
  return (
    <Page
      title={localized(title, language)}
      crumbs={[{ label: list.title, to: '/events' }]}
      tag={<StatusTag tone={EVENT_TONES[status]}>{words.eventStatus[status]}</StatusTag>}
      caseNumber={caseNumber}
      lead={kinds[kind]}
      acts={acts}
    >
      {status === 'CANCELLED' && (
        <Notice tone="danger" title={t.cancelled}>
          {full?.cancellationReason && <p className="kern-body">{full.cancellationReason}</p>}
        </Notice>
      )}
      {status === 'POSTPONED' && (
        <Notice tone="warning" title={t.postponed}>
          <p className="kern-body">{t.postponedHelp}</p>
        </Notice>
      )}
      <div className="columns">
        <Section title={t.about}>
          <p className="kern-body written">
            {description === null ? t.noDescription : localized(description, language)}
          </p>
        </Section>
        <Section title={t.facts}>
          <KeyFacts event={event} full={full} />
        </Section>
      </div>
      {children}
    </Page>
  );
}

function KeyFacts({ event, full }: Pick<FrameProps, 'event' | 'full'>) {
  const { event: t, list, modes } = useTexts(eventTexts);
  const fieldName = useFieldNames();
  const { startsAt, endsAt, timeZone, registrationDeadlineAt, venue, mode, fieldsOfAction } = event;
  return (
    <Facts
      facts={[
        { label: t.when, value: <ZonedTime from={startsAt} to={endsAt} timeZone={timeZone} /> },
        { label: t.where, value: venue ?? t.online },
        { label: list.mode, value: modes[mode] },
        { label: t.deadline, value: <ZonedTime from={registrationDeadlineAt} timeZone={timeZone} /> },
        ...(fieldsOfAction.length > 0
          ? [{ label: t.fields, value: fieldsOfAction.map((key) => fieldName(key)).join(', ') }]
          : []),
        ...(full ? [{ label: t.offer, value: t.hours(full.offerHours) }] : []),
        ...(full && full.municipalitySeatsMax !== null
          ? [{ label: t.perTown, value: t.perTownMost(full.municipalitySeatsMax) }]
          : []),
        ...(full?.changeReason ? [{ label: t.changed, value: full.changeReason }] : []),
      ]}
    />
  );
}
