import { useQuery } from '@tanstack/react-query';
import { useParams } from 'react-router';
import {
  assessExpertRequest,
  changeExpertRequest,
  checkExpertRequest,
  correctExpertRequestAssessment,
  type ExpertRequestView,
  getExpertRequest,
  listExpertRequestActions,
  planAssignment,
  recommendExpertRequest,
  selectExpertRequest,
  signExpertRequest,
  submitExpertRequest,
  withdrawExpertRequest,
} from '#contracts/staffing';
import { mayCall } from '../api/may';
import { useMunicipalityNames } from '../api/names';
import { read } from '../api/query';
import { useFieldNames } from '../api/fields-of-action';
import { useSession } from '../api/use-session';
import { common } from '../i18n/common';
import { useTexts } from '../i18n/texts';
import { act } from '../ui/act';
import { Acts } from '../ui/acts';
import { LinkButton } from '../ui/button';
import { Facts } from '../ui/facts';
import { choicesOf } from '../ui/inputs';
import { useOverrideFields } from '../ui/override-fields';
import { Page, Section } from '../ui/page';
import { Loaded } from '../ui/query-state';
import { StatusTag } from '../ui/status-tag';
import { Period } from '../ui/values';
import { Assessments } from './assessments';
import { NextSteps } from './next-steps';
import { Signatures } from './signatures';
import { demandTexts } from './texts';
import { REQUEST_TONES } from './tones';

export function RequestPage() {
  const { expertRequestId = '' } = useParams();
  const query = useQuery(read(getExpertRequest, { expertRequestId }));
  return <Loaded query={query}>{(request) => <Detail request={request} />}</Loaded>;
}

function Detail({ request }: { readonly request: ExpertRequestView }) {
  const t = useTexts(demandTexts);
  const { words } = useTexts(common);
  const { roles } = useSession();
  const { status, title } = request;
  return (
    <Page
      title={title}
      caseNumber={request.caseNumber}
      trailOf={request.id}
      crumbs={[{ label: t.list.title, to: '/requests' }]}
      tag={<StatusTag tone={REQUEST_TONES[status]}>{words.requestStatus[status]}</StatusTag>}
      acts={
        <>
          {status === 'SELECTED' && mayCall(planAssignment, roles) && (
            <div className="buttons">
              <LinkButton rank="primary" to={`/assignments/new?request=${request.id}`}>
                {t.acts.plan}
              </LinkButton>
            </div>
          )}
          <RequestActs request={request} />
        </>
      }
    >
      <NextSteps request={request} />
      <div className="columns">
        <div className="page">
          <Content request={request} />
          {request.assessment && <Assessments assessment={request.assessment} />}
        </div>
        <div className="page">
          <KeyFacts request={request} />
          <Signatures request={request} />
        </div>
      </div>
    </Page>
  );
}

function RequestActs({ request }: { readonly request: ExpertRequestView }) {
  const { acts, list } = useTexts(demandTexts);
  const { words } = useTexts(common);
  const { id, version, status, signatures, title } = request;
  const fixed = { expertRequestId: id };
  const override = useOverrideFields();
  const note = { label: acts.note, hint: acts.noteHint, rows: 3 };
  const reason = { label: acts.reason, hint: acts.reasonHint, rows: 3 };
  return (
    <Acts
      of={listExpertRequestActions}
      id={fixed}
      version={version}
      seen={{
        [list.status]: words.requestStatus[status],
        [list.columns.title]: title,
        [list.columns.signed]: String(signatures.length),
      }}
      acts={[
        { operation: changeExpertRequest, label: acts.change, to: `/requests/${id}/edit` },
        act({ operation: signExpertRequest, isNext: true, ...acts.sign, fixed, fields: {} }),
        act({ operation: submitExpertRequest, isNext: true, ...acts.submit, fixed, fields: override }),
        act({
          operation: checkExpertRequest,
          isNext: true,
          ...acts.check,
          fixed,
          fields: { outcome: { label: acts.outcome, choices: choicesOf(acts.checkOutcomes) }, note, reason },
        }),
        { operation: assessExpertRequest, isNext: true, label: acts.assess, to: `/requests/${id}/assessment` },
        {
          operation: correctExpertRequestAssessment,
          label: acts.correctAssessment,
          to: `/requests/${id}/assessment/correction`,
        },
        act({
          operation: recommendExpertRequest,
          isNext: true,
          ...acts.recommend,
          fixed,
          fields: {
            outcome: { label: acts.outcome, choices: choicesOf(acts.recommendOutcomes) },
            instrument: { label: acts.instrument, hint: acts.instrumentHint, choices: choicesOf(words.instrument) },
            note,
          },
        }),
        act({
          operation: selectExpertRequest,
          isNext: true,
          ...acts.select,
          fixed,
          fields: {
            outcome: { label: acts.outcome, choices: choicesOf(acts.selectOutcomes) },
            note,
            reason,
            ...override,
          },
        }),
        act({
          operation: withdrawExpertRequest,
          ...acts.withdraw,
          fixed,
          fields: { note: { label: acts.reason, rows: 3 } },
        }),
      ]}
    />
  );
}

function Content({ request }: { readonly request: ExpertRequestView }) {
  const { page } = useTexts(demandTexts);
  const parts = [
    { title: page.situation, text: request.situation },
    { title: page.goal, text: request.goal },
    { title: page.tasks, text: request.tasks },
    { title: page.formalNote, text: request.formalCheckNote },
    { title: page.decisionNote, text: request.decisionNote },
  ];
  return (
    <Section title={page.content}>
      {parts.map(({ title, text }) =>
        text === null ? null : (
          <div key={title}>
            <h3 className="kern-heading-small">{title}</h3>
            <p className="kern-body written">{text}</p>
          </div>
        ),
      )}
    </Section>
  );
}

function KeyFacts({ request }: { readonly request: ExpertRequestView }) {
  const { page } = useTexts(demandTexts);
  const { words } = useTexts(common);
  const fieldName = useFieldNames();
  const { placeOfWorkMunicipalityId, desiredPeriod, preferredInstrument, instrument, fieldsOfAction, numberOfExperts } =
    request;
  const townName = useMunicipalityNames([placeOfWorkMunicipalityId]);
  return (
    <Section title={page.facts}>
      <Facts
        facts={[
          { label: page.placeOfWork, value: townName(placeOfWorkMunicipalityId) },
          { label: page.period, value: <Period value={desiredPeriod} /> },
          ...(numberOfExperts === null ? [] : [{ label: page.number, value: numberOfExperts }]),
          {
            label: page.fields,
            value: fieldsOfAction.map(({ key, percent }) => `${fieldName(key)} ${percent} %`).join(', '),
          },
          ...(preferredInstrument ? [{ label: page.wish, value: words.instrument[preferredInstrument] }] : []),
          ...(instrument ? [{ label: page.chosen, value: words.instrument[instrument] }] : []),
        ]}
      />
    </Section>
  );
}
