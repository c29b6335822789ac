import { useQuery } from '@tanstack/react-query';
import { useNavigate, useParams } from 'react-router';
import type { ReplyOf } from '#contracts';
import {
  assessExpertRequest,
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
import { useOperationForm } from '../ui/use-operation-form';
import { ScoreField } from './score-field';
import { demandTexts } from './texts';

type Criterion = ReplyOf<typeof listAssessmentCriteria>['items'][number];

interface Values {
  readonly scores?: Readonly<Record<string, string>>;
  readonly note?: string;
}

const CRITERIA_MAX = 200;
const SCORES = /^[0-4]$/;

/** Scoring a request: every criterion in force, by somebody who does not see what the other reviewer wrote. */
export function AssessRequestPage() {
  const { expertRequestId = '' } = useParams();
  const request = useQuery(read(getExpertRequest, { expertRequestId }));
  const criteria = useQuery(read(listAssessmentCriteria, { limit: CRITERIA_MAX }));
  return (
    <Loaded query={request}>
      {(view) => <Loaded query={criteria}>{({ items }) => <Assess request={view} criteria={items} />}</Loaded>}
    </Loaded>
  );
}

function Assess({
  request: { id, title, version },
  criteria,
}: {
  readonly request: ExpertRequestView;
  readonly criteria: readonly Criterion[];
}) {
  const { assess: t, list } = useTexts(demandTexts);
  const { cancel } = useTexts(common);
  const language = useLanguage();
  const navigate = useNavigate();
  const tell = useTell();
  const state = useOperationForm(assessExpertRequest, {
    defaults: { scores: {}, note: '' },
    request: ({ scores = {}, note }: Values) => ({
      expertRequestId: id,
      scores: criteria.map(({ criterion }) => ({ criterion, score: scoreOf(scores[criterion]) as number })),
      note,
    }),
    version,
    onDone: () => {
      tell(t.done);
      void navigate(`/requests/${id}`);
    },
  });
  const crumbs = [
    { label: list.title, to: '/requests' },
    { label: title, to: `/requests/${id}` },
  ];
  return (
    <Page title={t.title} crumbs={crumbs} lead={t.intro}>
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
        <div className="buttons">
          <Button rank="primary" type="submit" aria-disabled={state.isSending}>
            {t.submit}
          </Button>
          <LinkButton to={`/requests/${id}`}>{cancel}</LinkButton>
        </div>
      </FormFrame>
    </Page>
  );
}

function scoreOf(text: string | undefined): number | undefined {
  return text !== undefined && SCORES.test(text) ? Number.parseInt(text, 10) : undefined;
}
