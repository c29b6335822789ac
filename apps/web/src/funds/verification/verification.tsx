import { useState } from 'react';
import type { RequestInputOf } from '#contracts';
import { type JournalVerification, verifyJournal } from '#contracts/finance';
import { call } from '../../api/call';
import { instantText } from '../../i18n/format';
import { useLanguage } from '../../i18n/language';
import { useTexts } from '../../i18n/texts';
import { Button } from '../../ui/button';
import { Facts } from '../../ui/facts';
import { CheckField, NumberField, TextField } from '../../ui/inputs';
import { Notice } from '../../ui/notice';
import { FormFrame } from '../../ui/operation-form';
import { Page, Section } from '../../ui/page';
import { Table } from '../../ui/table';
import { useOperationForm } from '../../ui/use-operation-form';
import { AreaTabs } from '../area-tabs';
import { verificationTexts } from './texts';

type Checkpoint = RequestInputOf<typeof verifyJournal>;
type Part = Pick<JournalVerification, 'stage' | 'checked' | 'total'>;

/** Walks the whole journal, part by part, and says at once where it is and at the end what was found. */
export function VerificationPage() {
  const t = useTexts(verificationTexts);
  const [part, setPart] = useState<Part>();
  const [result, setResult] = useState<JournalVerification>();
  const state = useOperationForm(verifyJournal, {
    defaults: {},
    request: ({ isQuick, ...checkpoint }: Checkpoint & { readonly isQuick?: boolean }) => ({
      ...checkpoint,
      ...(isQuick && { from: 'CHECKPOINT' as const }),
    }),
    carryOut: async (checkpoint) => {
      setResult(undefined);
      try {
        return await verified(checkpoint, setPart);
      } finally {
        setPart(undefined);
      }
    },
    onDone: setResult,
  });
  return (
    <Page title={t.title} lead={t.lead}>
      <AreaTabs />
      <FormFrame state={state}>
        <CheckField name="isQuick" label={t.quick} />
        <p className="kern-body kern-body--small">{t.quickHint}</p>
        <details className="rule">
          <summary>
            <span>{t.checkpoint}</span>
          </summary>
          <div className="rule__inside">
            <NumberField name="checkpointSeq" label={t.seq} isOptional />
            <TextField name="checkpointHash" label={t.hash} isOptional />
          </div>
        </details>
        <div className="buttons">
          <Button rank="primary" type="submit" aria-disabled={state.isSending}>
            {result ? t.again : t.start}
          </Button>
        </div>
        {part && (
          <div className="progress">
            <progress max={part.total} value={part.checked} aria-label={t.stages[part.stage]} />
          </div>
        )}
        <p className="kern-body" role="status">
          {part && `${t.running(part.checked, part.total)} ${t.stages[part.stage]}`}
        </p>
      </FormFrame>
      {result && <Result result={result} />}
    </Page>
  );
}

/** All parts as one answer: the first fault ends it, findings are collected. */
async function verified(checkpoint: Checkpoint, onProgress: (part: Part) => void): Promise<JournalVerification> {
  const findings: JournalVerification['findings'][number][] = [];
  for (let after: string | undefined; ;) {
    const part = await call(verifyJournal, { ...checkpoint, ...(after !== undefined && { after }) });
    findings.push(...part.findings);
    onProgress(part);
    if (part.fault !== null || part.next === null) {
      return { ...part, findings, isIntact: part.isIntact && findings.length === 0 };
    }
    after = part.next;
  }
}

function Result({
  result: { isIntact, checked, head, fault, findings, verifiedAt },
}: {
  readonly result: JournalVerification;
}) {
  const t = useTexts(verificationTexts);
  const language = useLanguage();
  return (
    <div className="stack">
      <Notice tone={isIntact ? 'success' : 'danger'} title={isIntact ? t.intact : t.broken} role="status">
        <p className="kern-body">
          {fault
            ? `${t.faults[fault.kind] ?? fault.kind}. ${t.brokenText(fault.seq)}`
            : isIntact
              ? t.intactText(checked, instantText(verifiedAt, language))
              : t.findings}
        </p>
      </Notice>
      {findings.length > 0 && (
        <Section title={t.findings}>
          <Table
            caption={t.findings}
            rows={findings}
            keyOf={({ kind, sentence }) => `${kind} ${sentence}`}
            columns={[{ title: t.finding, isHeading: true, cell: ({ sentence }) => sentence }]}
          />
        </Section>
      )}
      {head && (
        <Section title={t.head}>
          <p className="kern-body">{t.headHint}</p>
          <Facts
            facts={[
              { label: t.seq, value: head.seq },
              { label: t.hash, value: <span className="written">{head.hash}</span> },
            ]}
          />
        </Section>
      )}
    </div>
  );
}
