import { useQueries } from '@tanstack/react-query';
import { useState } from 'react';
import { type DeadLetterView, SERVICE_OPERATIONS, SERVICES } from '#contracts';
import { mayCall } from '../api/may';
import { read } from '../api/query';
import { useSession } from '../api/use-session';
import { useTexts } from '../i18n/texts';
import { Button } from '../ui/button';
import { Facts } from '../ui/facts';
import { Notice } from '../ui/notice';
import { Page } from '../ui/page';
import { Refusal, Skeleton } from '../ui/query-state';
import { Table } from '../ui/table';
import { Instant } from '../ui/values';
import { type Letter, ReplayDialog } from './replay';
import { operationsTexts } from './texts';

/** What no service could handle, from all of them: look, mend the cause, take it up again with a reason. */
export function DeadLettersPage() {
  const { title: operations, letters: t, services } = useTexts(operationsTexts);
  const { roles } = useSession();
  const [chosen, choose] = useState<Letter>();
  const answers = useQueries({ queries: SERVICES.map((name) => read(SERVICE_OPERATIONS[name].listDeadLetters, {})) });
  const rows = answers
    .flatMap(({ data }, index) => (data?.items ?? []).map((letter) => ({ ...letter, service: SERVICES[index] })))
    .filter((letter): letter is Letter => letter.service !== undefined)
    .sort((a, b) => a.diedAt.localeCompare(b.diedAt));
  const away = SERVICES.filter((_, index) => answers[index]?.data === undefined && answers[index]?.error);
  const refused = answers.every(({ error }) => error !== null) ? answers[0]?.error : undefined;
  const mayReplay = mayCall(SERVICE_OPERATIONS.finance.replayDeadLetter, roles);
  return (
    <Page title={t.title} lead={t.lead} crumbs={[{ label: operations, to: '/operations' }]}>
      {refused && <Refusal error={refused} />}
      {!refused && away.length > 0 && (
        <Notice tone="warning" title={t.away} role="status">
          <p className="kern-body">{away.map((service) => services[service]).join(', ')}</p>
        </Notice>
      )}
      {answers.some(({ isPending }) => isPending) && <Skeleton />}
      {rows.length === 0 && away.length === 0 && answers.every(({ isPending }) => !isPending) && (
        <p className="kern-body empty">{t.empty}</p>
      )}
      {rows.length > 0 && (
        <Table
          caption={t.title}
          rows={rows}
          keyOf={({ id }) => id}
          columns={[
            { title: t.message, isHeading: true, cell: (letter) => <Envelope letter={letter} /> },
            { title: t.service, cell: ({ service }) => services[service] },
            { title: t.since, cell: ({ diedAt }) => <Instant value={diedAt} /> },
            { title: t.attempts, isNumeric: true, cell: ({ attempts }) => attempts },
            { title: t.why, cell: (letter) => <Why letter={letter} /> },
            ...(mayReplay
              ? [
                  {
                    title: t.column,
                    cell: (letter: Letter) => (
                      <Button aria-label={t.actOf(letter.subject)} onClick={() => choose(letter)}>
                        {t.act}
                      </Button>
                    ),
                  },
                ]
              : []),
          ]}
        />
      )}
      {chosen && <ReplayDialog letter={chosen} onClose={() => choose(undefined)} />}
    </Page>
  );
}

function Envelope({ letter: { subject, objectId, correlationId, occurredAt } }: { readonly letter: DeadLetterView }) {
  const { letters: t } = useTexts(operationsTexts);
  return (
    <details>
      <summary>
        <span className="written">{subject}</span>
      </summary>
      <Facts
        facts={[
          { label: t.occurred, value: occurredAt === null ? '–' : <Instant value={occurredAt} /> },
          { label: t.object, value: <span className="written">{objectId ?? '–'}</span> },
          { label: t.correlation, value: <span className="written">{correlationId ?? '–'}</span> },
        ]}
      />
    </details>
  );
}

function Why({ letter: { reason, error } }: { readonly letter: DeadLetterView }) {
  const { letters: t } = useTexts(operationsTexts);
  return (
    <details>
      <summary>{t.reasons[reason]}</summary>
      <p className="kern-body kern-body--small written" lang="en">
        {error}
      </p>
    </details>
  );
}
