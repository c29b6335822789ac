import { useQuery } from '@tanstack/react-query';
import { useWatch } from 'react-hook-form';
import { useNavigate } from 'react-router';
import type { z } from 'zod';
import { createProofOfUse, listCommitments } from '#contracts/finance';
import { useAssignmentNames } from '../../api/names';
import { read } from '../../api/query';
import { useKeepDraft } from '../../api/drafts';
import { common } from '../../i18n/common';
import { dayAfter, moneyText } from '../../i18n/format';
import { useLanguage } from '../../i18n/language';
import { useTexts } from '../../i18n/texts';
import { Button, LinkButton } from '../../ui/button';
import { choicesOf, DayField, MoneyField, RadioField, SelectField } from '../../ui/inputs';
import { KeptState } from '../../ui/kept-state';
import { useTell } from '../../ui/notices';
import { FormFrame } from '../../ui/operation-form';
import { Page } from '../../ui/page';
import { Repeated } from '../../ui/repeated';
import { useOperationForm } from '../../ui/use-operation-form';
import { WithDraft } from '../../ui/with-draft';
import { useFundChoices } from '../fund-names';
import { fundsTexts } from '../texts';
import { proofTexts } from './texts';

type Request = z.input<typeof createProofOfUse.request>;

interface Values {
  readonly fundId: string;
  readonly commitmentId?: string;
  readonly kind: string;
  readonly ruleSet: string;
  readonly period?: { readonly from?: string; readonly to?: string };
  readonly plan: readonly { readonly category: string; readonly planned: { amount?: string; currency: string } }[];
  readonly ownSharePlanned?: { readonly amount?: string; readonly currency: string };
}

const LINE = { category: '', planned: { amount: '', currency: 'EUR' } };
const EMPTY: Values = {
  fundId: '',
  commitmentId: '',
  kind: 'INTERIM',
  ruleSet: '',
  period: { from: '', to: '' },
  plan: [LINE],
  ownSharePlanned: { amount: '', currency: 'EUR' },
};
const DRAFT = 'proof-of-use';

/** Asks for a proof of a period, with the plan that it will be held against. */
export function CreateProofPage() {
  return (
    <WithDraft name={DRAFT} otherwise={EMPTY}>
      {(values) => <CreateProof values={values} />}
    </WithDraft>
  );
}

function CreateProof({ values: begun }: { readonly values: Values }) {
  const { create: t, list } = useTexts(proofTexts);
  const { cancel } = useTexts(common);
  const navigate = useNavigate();
  const tell = useTell();
  const state = useOperationForm(createProofOfUse, {
    defaults: begun,
    request: requestOf,
    onDone: ({ id }) => {
      void keeping.forget();
      tell(t.done);
      void navigate(`/funds/proofs/${id}`);
    },
  });
  const keeping = useKeepDraft(state.form, { name: DRAFT, title: list.create, address: '/funds/proofs/new' });
  return (
    <Page title={list.create} crumbs={[{ label: list.title, to: '/funds/proofs' }]} lead={t.lead}>
      <FormFrame state={state}>
        <ProofRequestFields />
        <KeptState keeping={keeping} />
        <div className="buttons">
          <Button rank="primary" type="submit" aria-disabled={state.isSending}>
            {list.create}
          </Button>
          <LinkButton to="/funds/proofs">{cancel}</LinkButton>
        </div>
      </FormFrame>
    </Page>
  );
}

function requestOf({ period, ownSharePlanned, ...values }: Values): Request {
  const { from, to } = period ?? {};
  return {
    ...values,
    period: { from, to: to !== undefined && /^\d{4}-\d\d-\d\d$/.test(to) ? dayAfter(to) : to },
    ...(ownSharePlanned?.amount !== undefined && { ownSharePlanned }),
  } as Request;
}

function ProofRequestFields() {
  const { create: t, kinds, page } = useTexts(proofTexts);
  const { fund, ruleSets, categories } = useTexts(fundsTexts);
  const fundChoices = useFundChoices();
  const fundId = useWatch({ name: 'fundId' }) as string;
  return (
    <>
      <SelectField name="fundId" label={fund} choices={fundChoices} />
      {fundId !== '' && <CommitmentField fundId={fundId} />}
      <RadioField name="kind" label={t.kind} choices={choicesOf(kinds)} />
      <SelectField name="ruleSet" label={t.ruleSet} choices={choicesOf(ruleSets)} />
      <div className="repeated">
        <DayField name="period.from" label={t.from} />
        <DayField name="period.to" label={t.last} />
      </div>
      <Repeated name="plan" label={t.plan} itemName={t.line} add={t.addLine} blank={LINE} min={1}>
        {(at) => (
          <>
            <SelectField name={`${at}.category`} label={page.category} choices={choicesOf(categories)} />
            <MoneyField name={`${at}.planned`} label={t.planned} currency="EUR" />
          </>
        )}
      </Repeated>
      <MoneyField name="ownSharePlanned" label={t.ownShare} currency="EUR" isOptional />
    </>
  );
}

const COMMITMENTS_MAX = 100;

function CommitmentField({ fundId }: { readonly fundId: string }) {
  const { create: t } = useTexts(proofTexts);
  const language = useLanguage();
  const { data } = useQuery(read(listCommitments, { fundId, status: 'COMMITTED,RELEASED', limit: COMMITMENTS_MAX }));
  const commitments = data?.items ?? [];
  const nameOf = useAssignmentNames(
    commitments.map(({ assignmentId }) => assignmentId),
    t.nameOf,
    t.expert,
  );
  return (
    <SelectField
      name="commitmentId"
      label={t.commitment}
      hint={t.commitmentHint}
      isOptional
      choices={commitments.map(({ id, assignmentId, total }) => ({
        value: id,
        label: `${nameOf(assignmentId)}, ${moneyText(total, language)}`,
      }))}
    />
  );
}
