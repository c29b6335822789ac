import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useNavigate, useParams, useSearchParams } from 'react-router';
import type { Instrument } from '#contracts/finance';
import {
  type AssignmentView,
  type ExpertRequestView,
  getAssignment,
  getExpertRequest,
  planAssignment,
  replanAssignment,
} from '#contracts/staffing';
import { read } from '../api/query';
import { common } from '../i18n/common';
import { useTexts } from '../i18n/texts';
import { Button, LinkButton } from '../ui/button';
import { GeneratedFields } from '../ui/generated-fields';
import { useTell } from '../ui/notices';
import { FormFrame } from '../ui/operation-form';
import { useOverrideFields } from '../ui/override-fields';
import { Page } from '../ui/page';
import { Loaded } from '../ui/query-state';
import { type OperationForm, useOperationForm } from '../ui/use-operation-form';
import { Estimate } from './estimate';
import { PersonFields, TermAndMoneyFields } from './plan-fields';
import { initialPlan, type PlanValues, planOf, valuesOfPlan } from './plan-values';
import { assignmentTexts } from './texts';

/** Planning an assignment for a selected request. */
export function PlanPage() {
  const [parameters] = useSearchParams();
  const query = useQuery(read(getExpertRequest, { expertRequestId: parameters.get('request') ?? '' }));
  return <Loaded query={query}>{(request) => <Plan request={request} />}</Loaded>;
}

/** Planning one anew that was not covered or not yet asked for. */
export function ReplanPage() {
  const { assignmentId = '' } = useParams();
  const query = useQuery(read(getAssignment, { assignmentId }));
  return <Loaded query={query}>{(assignment) => <Replan assignment={assignment} />}</Loaded>;
}

function Plan({ request }: { readonly request: ExpertRequestView }) {
  const { plan: t } = useTexts(assignmentTexts);
  const instrument = request.instrument ?? 'LOCAL_EXPERT';
  const leave = useLeave();
  const state = useOperationForm(planAssignment, {
    defaults: initialPlan(request, instrument),
    request: ({ expertId, employerMunicipalityId, overrideReason, overrideReference, ...values }: PlanValues) => ({
      expertRequestId: request.id,
      expertId,
      employerMunicipalityId,
      ...planOf(values, instrument),
      overrideReason,
      overrideReference,
    }),
    onDone: ({ id }) => leave(id),
  });
  return (
    <PlanFrame
      title={t.title}
      back={`/requests/${request.id}`}
      state={state}
      instrument={instrument}
      override={<OverrideFields />}
    >
      <PersonFields partnershipIds={request.partnershipIds} />
    </PlanFrame>
  );
}

function Replan({ assignment }: { readonly assignment: AssignmentView }) {
  const { plan: t } = useTexts(assignmentTexts);
  const { id, instrument, version } = assignment;
  const leave = useLeave();
  const state = useOperationForm(replanAssignment, {
    defaults: valuesOfPlan(assignment),
    request: ({ expertId: _, employerMunicipalityId: __, ...values }: PlanValues) => ({
      assignmentId: id,
      ...planOf(values, instrument),
    }),
    version,
    onDone: () => leave(id),
  });
  return <PlanFrame title={t.replanTitle} back={`/assignments/${id}`} state={state} instrument={instrument} />;
}

interface PlanFrameProps {
  readonly title: string;
  readonly back: string;
  readonly state: OperationForm<PlanValues>;
  readonly instrument: Instrument;
  readonly override?: ReactNode;
  readonly children?: ReactNode;
}

function PlanFrame({ title, back, state, instrument, override, children }: PlanFrameProps) {
  const { plan: t, list } = useTexts(assignmentTexts);
  const { cancel } = useTexts(common);
  return (
    <Page title={title} crumbs={[{ label: list.title, to: '/assignments' }]}>
      <FormFrame state={state}>
        {children}
        <TermAndMoneyFields instrument={instrument} />
        <Estimate instrument={instrument} />
        {override}
        <div className="buttons">
          <Button rank="primary" type="submit" aria-disabled={state.isSending}>
            {t.submit}
          </Button>
          <LinkButton to={back}>{cancel}</LinkButton>
        </div>
      </FormFrame>
    </Page>
  );
}

/** Why the assignment is planned although a rule of eligibility is not met. */
function OverrideFields() {
  const { plan: t } = useTexts(assignmentTexts);
  const fields = useOverrideFields();
  return (
    <fieldset className="part">
      <legend>{t.override}</legend>
      <GeneratedFields operation={planAssignment} names={Object.keys(fields)} fields={{ ...fields }} />
    </fieldset>
  );
}

function useLeave(): (id: string) => void {
  const { plan: t } = useTexts(assignmentTexts);
  const navigate = useNavigate();
  const tell = useTell();
  return (id) => {
    tell(t.done);
    void navigate(`/assignments/${id}`);
  };
}
