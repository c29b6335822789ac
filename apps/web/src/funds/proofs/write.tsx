import { useQuery } from '@tanstack/react-query';
import { useNavigate, useParams } from 'react-router';
import { getProofOfUse, type ProofOfUseView, submitProofOfUse } from '#contracts/finance';
import { placeOf, useKeepDraft } from '../../api/drafts';
import { keptRead } from '../../api/kept-read';
import { common } from '../../i18n/common';
import { useTexts } from '../../i18n/texts';
import { Button, LinkButton } from '../../ui/button';
import { KeptState } from '../../ui/kept-state';
import { useTell } from '../../ui/notices';
import { FormFrame } from '../../ui/operation-form';
import { Page } from '../../ui/page';
import { Loaded } from '../../ui/query-state';
import { useOperationForm } from '../../ui/use-operation-form';
import { WithDraft } from '../../ui/with-draft';
import { useProofTitle } from './proof';
import { ProofFields } from './proof-form';
import { initialProof, proofOf, type ProofValues } from './proof-values';
import { proofTexts } from './texts';

/** Writing a proof of use. It can be written and submitted without a line: it is sent when there is one, once. */
export function WriteProofPage() {
  const { proofOfUseId = '' } = useParams();
  const query = useQuery(keptRead(getProofOfUse, { proofOfUseId }));
  return (
    <Loaded query={query}>
      {(proof) => (
        <WithDraft name={draftOf(proof)} otherwise={initialProof(proof)}>
          {(values) => <Write proof={proof} values={values} />}
        </WithDraft>
      )}
    </Loaded>
  );
}

function draftOf({ id }: ProofOfUseView): string {
  return `proof-of-use.${id}`;
}

function Write({ proof, values: begun }: { readonly proof: ProofOfUseView; readonly values: ProofValues }) {
  const { form: t, list } = useTexts(proofTexts);
  const { cancel, offline } = useTexts(common);
  const navigate = useNavigate();
  const tell = useTell();
  const title = useProofTitle(proof);
  const { id, version } = proof;
  const to = `/funds/proofs/${id}`;
  const about = { title, address: `${to}/form` };
  const state = useOperationForm(submitProofOfUse, {
    defaults: begun,
    request: (values: ProofValues) => proofOf(id, values),
    version,
    later: { ...about, draft: placeOf(draftOf(proof)), onWritten: () => tell(offline.goesLater) },
    onDone: () => {
      void keeping.forget();
      tell(t.done);
      void navigate(to);
    },
  });
  const keeping = useKeepDraft(state.form, { ...about, name: draftOf(proof) });
  return (
    <Page
      title={t.title}
      crumbs={[
        { label: list.title, to: '/funds/proofs' },
        { label: title, to },
      ]}
      lead={t.lead}
    >
      <FormFrame state={state}>
        <ProofFields proof={proof} />
        <KeptState keeping={keeping} />
        <div className="buttons">
          <Button rank="primary" type="submit" aria-disabled={state.isSending}>
            {t.submit}
          </Button>
          <LinkButton to={to}>{cancel}</LinkButton>
        </div>
      </FormFrame>
    </Page>
  );
}
