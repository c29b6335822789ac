import { useQuery, type UseQueryResult } from '@tanstack/react-query';
import { useContext } from 'react';
import { Link, useSearchParams } from 'react-router';
import type { Page as PageOf } from '#contracts';
import {
  createEvent,
  listEvents,
  listParticipantDeletions,
  listProgramme,
  listUndeliveredMails,
  type ProgrammeEntry,
} from '#contracts/events';
import { useFieldsOfAction } from '../api/fields-of-action';
import { mayCall } from '../api/may';
import { read } from '../api/query';
import { SessionContext } from '../api/use-session';
import { common } from '../i18n/common';
import { localized } from '../i18n/format';
import { useLanguage } from '../i18n/language';
import { useTexts } from '../i18n/texts';
import { LinkButton } from '../ui/button';
import { CaseNumberFilter, ChoiceFilter, Filters } from '../ui/filters';
import { choicesOf } from '../ui/inputs';
import { List } from '../ui/list';
import { Page } from '../ui/page';
import { parametersOf } from '../ui/parameters';
import { StatusTag } from '../ui/status-tag';
import { midnightBefore } from './now';
import { isRegistrant } from './roles';
import { deskTexts, eventTexts } from './texts';
import { spanText } from './times';
import { EVENT_TONES } from './tones';

const FILTERS = listEvents.request.pick({
  caseNumber: true,
  status: true,
  kind: true,
  mode: true,
  fieldOfAction: true,
  cursor: true,
});
/** An event of several days goes on after it began. */
const LONG_EVENT_DAYS = 7;

/** What is on: for everybody what was published, for the offices their drafts as well. */
export function EventsPage() {
  const { list: t } = useTexts(eventTexts);
  const desk = useTexts(deskTexts);
  const roles = useContext(SessionContext)?.roles ?? [];
  const isSignedIn = mayCall(listEvents, roles);
  const query = useEvents(isSignedIn);
  return (
    <Page
      title={t.title}
      lead={t.lead}
      acts={
        isSignedIn && (
          <div className="buttons">
            {mayCall(createEvent, roles) && (
              <LinkButton rank="primary" icon="add" to="/events/new">
                {desk.create}
              </LinkButton>
            )}
            {isRegistrant(roles) && <LinkButton to="/registrations">{t.mine}</LinkButton>}
            {mayCall(listParticipantDeletions, roles) && (
              <LinkButton to="/events/deletions">{desk.deletions.title}</LinkButton>
            )}
            {mayCall(listUndeliveredMails, roles) && (
              <LinkButton to="/events/undelivered-mails">{desk.undelivered.title}</LinkButton>
            )}
          </div>
        )
      }
    >
      <EventFilters isSignedIn={isSignedIn} />
      <EventTable query={query} />
    </Page>
  );
}

function useEvents(isSignedIn: boolean): UseQueryResult<PageOf<ProgrammeEntry>> {
  const [parameters] = useSearchParams();
  const { status, caseNumber, ...filters } = parametersOf(FILTERS, parameters);
  const when = { ...filters, ...periodOf(parameters.get('when')) };
  const events = useQuery({ ...read(listEvents, { ...when, status, caseNumber }), enabled: isSignedIn });
  const programme = useQuery({ ...read(listProgramme, when), enabled: !isSignedIn });
  return isSignedIn ? events : programme;
}

function periodOf(when: string | null): { startsAtFrom?: string; startsAtTo?: string; sort?: ['-startsAt'] } {
  if (when === 'any') return { sort: ['-startsAt'] };
  return when === 'past'
    ? { startsAtTo: midnightBefore(0), sort: ['-startsAt'] }
    : { startsAtFrom: midnightBefore(LONG_EVENT_DAYS) };
}

function EventFilters({ isSignedIn }: { readonly isSignedIn: boolean }) {
  const { list: t, kinds, modes } = useTexts(eventTexts);
  const { words } = useTexts(common);
  const language = useLanguage();
  const { data } = useFieldsOfAction();
  const fields = (data?.items ?? []).map(({ key, name }) => ({ value: key, label: localized(name, language) }));
  return (
    <Filters>
      <ChoiceFilter name="when" label={t.when} all={t.upcoming} choices={choicesOf(t.whens)} />
      <ChoiceFilter name="kind" label={t.kind} choices={choicesOf(kinds)} />
      <ChoiceFilter name="mode" label={t.mode} choices={choicesOf(modes)} />
      <ChoiceFilter name="fieldOfAction" label={t.field} choices={fields} />
      {isSignedIn && <CaseNumberFilter />}
      {isSignedIn && <ChoiceFilter name="status" label={t.status} choices={choicesOf(words.eventStatus)} />}
    </Filters>
  );
}

function EventTable({ query }: { readonly query: UseQueryResult<PageOf<ProgrammeEntry>> }) {
  const { list: t, kinds, modes } = useTexts(eventTexts);
  const { words } = useTexts(common);
  const language = useLanguage();
  const { columns } = t;
  return (
    <List
      query={query}
      caption={t.title}
      keyOf={({ id }) => id}
      empty={t.empty}
      columns={[
        {
          title: columns.title,
          isHeading: true,
          cell: ({ id, title, kind }) => (
            <span className="named">
              <Link className="kern-link" to={`/events/${id}`}>
                {localized(title, language)}
              </Link>
              <small>{kinds[kind]}</small>
            </span>
          ),
        },
        {
          title: columns.status,
          cell: ({ status }) => <StatusTag tone={EVENT_TONES[status]}>{words.eventStatus[status]}</StatusTag>,
        },
        {
          title: columns.when,
          cell: ({ startsAt, endsAt, timeZone }) => spanText({ from: startsAt, to: endsAt, timeZone }, language),
        },
        {
          title: columns.where,
          cell: ({ mode, venue }) => (venue === null ? modes[mode] : `${venue} (${modes[mode]})`),
        },
        {
          title: columns.deadline,
          cell: ({ registrationDeadlineAt, timeZone }) =>
            spanText({ from: registrationDeadlineAt, timeZone }, language),
        },
      ]}
    />
  );
}
