import { useQuery } from '@tanstack/react-query';
import { useNavigate, useParams } from 'react-router';
import { getProofOfUse, type ProofOfUseView, submitProofOfUse } from '#contracts/finance';
import { read } from '../../api/query';
import { common } from '../../i18n/common';
import { useTexts } from '../../i18n/texts';
import { Button, LinkButton } from '../../ui/button';
import { useTell } from '../../ui/notices';
import { FormFrame } from '../../ui/operation-form';
import { Page } from '../../ui/page';
import { Loaded } from '../../ui/query-state';
import { keptOf, useKept } from '../../ui/use-kept';
import { useOperationForm } from '../../ui/use-operation-form';
import { useProofTitle } from './proof';
import { ProofFields } from './proof-form';
import { initialProof, proofOf, type ProofValues } from './proof-values';
import { proofTexts } from './texts';

/** Writing a proof of use; this window keeps what was typed until it is submitted. */
export function WriteProofPage() {
  const { proofOfUseId = '' } = useParams();
  const query = useQuery(read(getProofOfUse, { proofOfUseId }));
  return <Loaded query={query}>{(proof) => <Write proof={proof} />}</Loaded>;
}

function Write({ proof }: { readonly proof: ProofOfUseView }) {
  const { form: t, list } = useTexts(proofTexts);
  const { cancel } = useTexts(common);
  const navigate = useNavigate();
  const tell = useTell();
  const title = useProofTitle(proof);
  const { id, version } = proof;
  const to = `/funds/proofs/${id}`;
  const kept = `proof-of-use.${id}`;
  const state = useOperationForm(submitProofOfUse, {
    defaults: keptOf(kept, initialProof(proof)),
    request: (values: ProofValues) => proofOf(id, values),
    version,
    onDone: () => {
      forget();
      tell(t.done);
      void navigate(to);
    },
  });
  const forget = useKept(kept, state.form);
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
