import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useNavigate, useParams } from 'react-router';
import type { ReplyOf } from '#contracts';
import {
  assessExpertRequest,
  correctExpertRequestAssessment,
  type ExpertRequestView,
  getExpertRequest,
  listAssessmentCriteria,
} from '#contracts/staffing';
import { read } from '../api/query';
import { common } from '../i18n/common';
import { localized } from '../i18n/format';
import { useLanguage } from '../i18n/language';
import { useTexts } from '../i18n/texts';
import { Button, LinkButton } from '../ui/button';
import { TextArea } from '../ui/inputs';
import { useTell } from '../ui/notices';
import { FormFrame } from '../ui/operation-form';
import { Page } from '../ui/page';
import { Loaded } from '../ui/query-state';
import { type OperationForm, useOperationForm } from '../ui/use-operation-form';
import { ScoreField } from '../ui/score-field';
import { demandTexts } from './texts';

type Criterion = ReplyOf<typeof listAssessmentCriteria>['items'][number];

interface Values {
  readonly reason?: string;
  readonly scores?: Readonly<Record<string, string>>;
  readonly note?: string;
}

const CRITERIA_MAX = 200;
const SCORES = /^[0-4]$/;

/** Scoring a request: every criterion in force, by somebody who does not see what the other reviewer wrote. */
export function AssessRequestPage() {
  return <OfRequest>{(request, criteria) => <Assess request={request} criteria={criteria} />}</OfRequest>;
}

/** The own scores once more, with the reason, as long as another reviewer is still to come. */
export function CorrectAssessmentPage() {
  return <OfRequest>{(request, criteria) => <Correct request={request} criteria={criteria} />}</OfRequest>;
}

interface AssessProps {
  readonly request: ExpertRequestView;
  readonly criteria: readonly Criterion[];
}

function OfRequest({
  children,
}: {
  readonly children: (request: ExpertRequestView, criteria: readonly Criterion[]) => ReactNode;
}) {
  const { expertRequestId = '' } = useParams();
  const request = useQuery(read(getExpertRequest, { expertRequestId }));
  const criteria = useQuery(read(listAssessmentCriteria, { limit: CRITERIA_MAX }));
  return (
    <Loaded query={request}>
      {(view) => <Loaded query={criteria}>{({ items }) => children(view, items)}</Loaded>}
    </Loaded>
  );
}

function Assess({ request, criteria }: AssessProps) {
  const { assess: t } = useTexts(demandTexts);
  const state = useOperationForm<typeof assessExpertRequest, Values>(assessExpertRequest, {
    defaults: { scores: {}, note: '' },
    request: ({ scores, note }: Values) => ({ expertRequestId: request.id, scores: sent(criteria, scores), note }),
    version: request.version,
    onDone: useLeave(request.id, t.done),
  });
  return <ScoreForm title={t.title} submit={t.submit} request={request} criteria={criteria} state={state} />;
}

function Correct({ request, criteria }: AssessProps) {
  const { assess: t } = useTexts(demandTexts);
  // Until all reviewers are in, nobody sees another one than the own.
  const own = request.assessment?.assessments[0];
  const state = useOperationForm<typeof correctExpertRequestAssessment, Values>(correctExpertRequestAssessment, {
    defaults: {
      scores: Object.fromEntries(own?.scores.map(({ criterion, score }) => [criterion, String(score)]) ?? []),
      note: own?.note ?? '',
      reason: '',
    },
    request: ({ scores, note, reason = '' }: Values) => ({
      expertRequestId: request.id,
      scores: sent(criteria, scores),
      note,
      reason,
    }),
    version: request.version,
    onDone: useLeave(request.id, t.corrected),
  });
  return (
    <ScoreForm title={t.correctTitle} submit={t.correct} request={request} criteria={criteria} state={state}>
      <TextArea name="reason" label={t.reason} rows={2} />
    </ScoreForm>
  );
}

function ScoreForm({
  title,
  submit,
  request: { id, title: requestTitle },
  criteria,
  state,
  children,
}: AssessProps & {
  readonly title: string;
  readonly submit: string;
  readonly state: OperationForm<Values>;
  readonly children?: ReactNode;
}) {
  const { assess: t, list } = useTexts(demandTexts);
  const { cancel } = useTexts(common);
  const language = useLanguage();
  const crumbs = [
    { label: list.title, to: '/requests' },
    { label: requestTitle, to: `/requests/${id}` },
  ];
  return (
    <Page title={title} crumbs={crumbs} lead={t.intro}>
      <FormFrame state={state}>
        {criteria.map(({ criterion, title: text, weightPercent }, index) => (
          <ScoreField
            key={criterion}
            name={`scores.${criterion}`}
            fault={`scores.${index}.score`}
            label={localized(text, language)}
            hint={t.weight(weightPercent)}
          />
        ))}
        <TextArea name="note" label={t.note} rows={4} isOptional />
        {children}
        <div className="buttons">
          <Button rank="primary" type="submit" aria-disabled={state.isSending}>
            {submit}
          </Button>
          <LinkButton to={`/requests/${id}`}>{cancel}</LinkButton>
        </div>
      </FormFrame>
    </Page>
  );
}

function useLeave(id: string, sentence: string): () => void {
  const navigate = useNavigate();
  const tell = useTell();
  return () => {
    tell(sentence);
    void navigate(`/requests/${id}`);
  };
}

function sent(criteria: readonly Criterion[], scores: Values['scores'] = {}) {
  return criteria.map(({ criterion }) => ({ criterion, score: scoreOf(scores[criterion]) as number }));
}

function scoreOf(text: string | undefined): number | undefined {
  return text !== undefined && SCORES.test(text) ? Number.parseInt(text, 10) : undefined;
}
