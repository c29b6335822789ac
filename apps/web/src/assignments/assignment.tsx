import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from 'react-router';
import { getPartnership } from '#contracts/partnership';
import { type AssignmentView, getAssignment, getExpert, getExpertRequest } from '#contracts/staffing';
import { mayCall } from '../api/may';
import { useExpertNames, useMunicipalityNames, usePartnershipNames } from '../api/names';
import { read } from '../api/query';
import { useSession } from '../api/use-session';
import { common } from '../i18n/common';
import { lastDayOf } from '../i18n/format';
import { useTexts } from '../i18n/texts';
import { Facts } from '../ui/facts';
import { Page, Section } from '../ui/page';
import { Loaded } from '../ui/query-state';
import { StatusTag } from '../ui/status-tag';
import { Stepper } from '../ui/stepper';
import { Day, Instant, Period } from '../ui/values';
import { Asked } from './asked';
import { AssignmentActs } from './assignment-acts';
import { Candidate } from './candidate';
import { Cover } from './cover';
import { Notes } from './notes';
import { Reports } from './reports';
import { stepOf, STEPS } from './steps';
import { ChangedTerms } from './terms';
import { assignmentTexts } from './texts';
import { ASSIGNMENT_TONES } from './tones';

export function AssignmentPage() {
  const { assignmentId = '' } = useParams();
  const query = useQuery(read(getAssignment, { assignmentId }));
  return <Loaded query={query}>{(assignment) => <Detail assignment={assignment} />}</Loaded>;
}

function Detail({ assignment }: { readonly assignment: AssignmentView }) {
  const t = useTexts(assignmentTexts);
  const { words } = useTexts(common);
  const { status, expertId, employerMunicipalityId } = assignment;
  const expertName = useExpertNames([expertId], t.expert);
  const townName = useMunicipalityNames([employerMunicipalityId]);
  const { page } = t;
  return (
    <Page
      title={t.nameOf(expertName(expertId), townName(employerMunicipalityId))}
      caseNumber={assignment.caseNumber}
      trailOf={assignment.id}
      crumbs={[{ label: t.list.title, to: '/assignments' }]}
      tag={<StatusTag tone={ASSIGNMENT_TONES[status]}>{words.assignmentStatus[status]}</StatusTag>}
      acts={<AssignmentActs assignment={assignment} />}
    >
      <Stepper
        label={page.next}
        steps={STEPS.map((step) => page.steps[step])}
        now={stepOf(assignment)}
        words={{ done: page.done, now: page.now, open: page.open }}
      />
      <Asked assignment={assignment} />
      <div className="columns">
        <div className="page">
          <Candidate assignment={assignment} />
          <Cover assignment={assignment} />
          <Reports assignmentId={assignment.id} />
        </div>
        <div className="page">
          <KeyFacts assignment={assignment} />
          <Interruptions assignment={assignment} />
          <Notes assignment={assignment} />
        </div>
      </div>
    </Page>
  );
}

function KeyFacts({ assignment }: { readonly assignment: AssignmentView }) {
  const { page } = useTexts(assignmentTexts);
  const { words } = useTexts(common);
  const { roles } = useSession();
  const {
    expertRequestId,
    partnershipIds,
    employerMunicipalityId,
    instrument,
    period,
    fullTimePercent,
    departedOn,
    endedOn,
    partnerDecision,
    expertConsent,
    shareChanges,
    termsChanges,
    earlyEnd,
    cancellationReason,
    expertId,
  } = assignment;
  const { reasons, expert } = useTexts(assignmentTexts);
  const expertName = useExpertNames([expertId], expert);
  const partnershipName = usePartnershipNames(partnershipIds);
  const townName = useMunicipalityNames([employerMunicipalityId]);
  const request = useQuery({
    ...read(getExpertRequest, { expertRequestId }),
    enabled: mayCall(getExpertRequest, roles),
  });
  return (
    <Section title={page.facts}>
      <Facts
        facts={[
          ...(request.data
            ? [
                {
                  label: page.request,
                  value: (
                    <Link className="kern-link" to={`/requests/${expertRequestId}`}>
                      {request.data.title}
                    </Link>
                  ),
                },
              ]
            : []),
          ...(mayCall(getPartnership, roles)
            ? [{ label: page.partnerships, value: partnershipIds.map(partnershipName).join('; ') }]
            : []),
          ...(mayCall(getExpert, roles)
            ? [
                {
                  label: expert,
                  value: (
                    <Link className="kern-link" to={`/experts/${expertId}`}>
                      {expertName(expertId)}
                    </Link>
                  ),
                },
              ]
            : []),
          { label: page.employer, value: townName(employerMunicipalityId) },
          { label: page.instrument, value: words.instrument[instrument] },
          { label: page.period, value: <Period value={period} /> },
          { label: page.share, value: page.percent(fullTimePercent) },
          ...(partnerDecision ? [{ label: page.decision, value: page.decisions[partnerDecision.outcome] }] : []),
          ...(expertConsent ? [{ label: page.consentGiven, value: <Instant value={expertConsent.givenAt} /> }] : []),
          ...(shareChanges.length > 0 ? [{ label: page.shares, value: <Shares changes={shareChanges} /> }] : []),
          ...(termsChanges.length > 0 ? [{ label: page.terms, value: <ChangedTerms changes={termsChanges} /> }] : []),
          ...(departedOn ? [{ label: page.departed, value: <Day value={departedOn} /> }] : []),
          ...(endedOn ? [{ label: page.ended, value: <Day value={lastDayOf(endedOn)} /> }] : []),
          ...(earlyEnd ? [{ label: page.endedFor, value: reasons[earlyEnd.reason] }] : []),
          ...(cancellationReason ? [{ label: page.cancelledFor, value: cancellationReason }] : []),
        ]}
      />
    </Section>
  );
}

function Shares({ changes }: { readonly changes: AssignmentView['shareChanges'] }) {
  const { page } = useTexts(assignmentTexts);
  return (
    <ul className="kern-list">
      {changes.map(({ from, fullTimePercent }) => (
        <li key={from}>
          <Period value={{ from, to: null }} />: {page.percent(fullTimePercent)}
        </li>
      ))}
    </ul>
  );
}

function Interruptions({ assignment: { interruptions } }: { readonly assignment: AssignmentView }) {
  const { page, reasons } = useTexts(assignmentTexts);
  if (interruptions.length === 0) return null;
  return (
    <Section title={page.interruptions}>
      <ol className="timeline">
        {interruptions.map(({ from, to, reason }) => (
          <li key={from}>
            <Period value={{ from, to }} /> {to === null && page.ongoing}
            <small>{reasons[reason]}</small>
          </li>
        ))}
      </ol>
    </Section>
  );
}
