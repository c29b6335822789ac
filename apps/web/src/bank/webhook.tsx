import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useParams, useSearchParams } from 'react-router';
import {
  activateWebhook,
  disableWebhook,
  getWebhook,
  listWebhookActions,
  listWebhookDeliveries,
  replayWebhook,
  rotateWebhookSecret,
  type WebhookSubject,
  type WebhookView,
} from '#contracts/finance';
import { mayCall } from '../api/may';
import { read } from '../api/query';
import { useSession } from '../api/use-session';
import { useTexts } from '../i18n/texts';
import { act, type Act } from '../ui/act';
import { ActDialog } from '../ui/act-dialog';
import { Acts } from '../ui/acts';
import { Button } from '../ui/button';
import { Facts } from '../ui/facts';
import { ChoiceFilter, Filters } from '../ui/filters';
import { choicesOf } from '../ui/inputs';
import { List } from '../ui/list';
import { Page, Section } from '../ui/page';
import { parametersOf } from '../ui/parameters';
import { Loaded } from '../ui/query-state';
import { StatusTag } from '../ui/status-tag';
import { Instant } from '../ui/values';
import { WebhookState } from './feed';
import { SecretDialog } from './secret-dialog';
import { feedTexts } from './texts';

/** One address outside: what it gets, what arrived, and what can be done when it does not. */
export function WebhookPage() {
  const { webhookId = '' } = useParams();
  const query = useQuery(read(getWebhook, { webhookId }));
  return <Loaded query={query}>{(webhook) => <Detail webhook={webhook} />}</Loaded>;
}

interface Props {
  readonly webhook: WebhookView;
}

function Detail({ webhook }: Props) {
  const t = useTexts(feedTexts);
  const { name, status, url, subjects, position, failedAttempts, nextAttemptAt, disabledReason, createdAt } = webhook;
  return (
    <Page
      title={name}
      crumbs={[{ label: t.title, to: '/bank/feed' }]}
      tag={<WebhookState status={status} />}
      acts={<WebhookActs webhook={webhook} />}
    >
      <Section title={t.webhook.facts}>
        <Facts
          facts={[
            { label: t.webhooks.url, value: <span className="written">{url}</span> },
            {
              label: t.webhooks.subjects,
              value: subjects.map((each) => t.subjects[each as WebhookSubject] ?? each).join(', '),
            },
            { label: t.webhooks.position, value: position },
            { label: t.webhooks.failed, value: failedAttempts },
            ...(nextAttemptAt === null ? [] : [{ label: t.webhook.next, value: <Instant value={nextAttemptAt} /> }]),
            ...(disabledReason === null ? [] : [{ label: t.webhook.reason, value: t.webhook.reasons[disabledReason] }]),
            { label: t.webhook.created, value: <Instant value={createdAt} /> },
          ]}
        />
      </Section>
      <Deliveries webhook={webhook} />
    </Page>
  );
}

function WebhookActs({ webhook: { id, version, status } }: Props) {
  const { webhook: t, webhooks, consumers } = useTexts(feedTexts);
  const { roles } = useSession();
  const [secret, setSecret] = useState<string>();
  const [replay, setReplay] = useState<Act>();
  const fixed = { webhookId: id };
  // It makes something new of its own, which no action names.
  const again = act({
    operation: replayWebhook,
    ...t.replay,
    fixed,
    fields: { fromPosition: { label: consumers.from }, toPosition: { label: consumers.upTo } },
  });
  return (
    <>
      <Acts
        of={listWebhookActions}
        id={fixed}
        version={version}
        seen={{ [webhooks.status]: status === 'ACTIVE' ? webhooks.active : webhooks.disabled }}
        acts={[
          act({ operation: activateWebhook, isNext: true, ...t.resume, fixed, fields: {} }),
          act({ operation: disableWebhook, ...t.pause, fixed, fields: {} }),
          act({
            operation: rotateWebhookSecret,
            ...t.rotate,
            fixed,
            fields: { overlapHours: { label: t.overlap, initial: '24' } },
            onReply: (reply) => setSecret(reply.secret),
          }),
        ]}
      />
      {mayCall(replayWebhook, roles) && (
        <div className="buttons">
          <Button onClick={() => setReplay(again)}>{again.label}</Button>
        </div>
      )}
      {replay && <ActDialog act={replay} version={undefined} seen={{}} onClose={() => setReplay(undefined)} />}
      {secret !== undefined && <SecretDialog secret={secret} onClose={() => setSecret(undefined)} />}
    </>
  );
}

const FILTERS = listWebhookDeliveries.request.pick({ outcome: true, cursor: true });

function Deliveries({ webhook: { id } }: Props) {
  const { webhook: t, messages, subjects } = useTexts(feedTexts);
  const [parameters] = useSearchParams();
  const query = useQuery(read(listWebhookDeliveries, { webhookId: id, ...parametersOf(FILTERS, parameters) }));
  return (
    <Section title={t.deliveries}>
      <Filters>
        <ChoiceFilter name="outcome" label={t.outcome} choices={choicesOf(t.outcomes)} />
      </Filters>
      <List
        query={query}
        caption={t.deliveries}
        keyOf={(delivery) => delivery.id}
        empty={t.noDeliveries}
        columns={[
          { title: messages.position, isHeading: true, cell: ({ position }) => position },
          {
            title: messages.what,
            cell: ({ type, replayId }) =>
              `${subjects[type as WebhookSubject] ?? type}${replayId === null ? '' : ` (${t.again})`}`,
          },
          {
            title: t.outcome,
            cell: ({ outcome }) => (
              <StatusTag tone={outcome === 'DELIVERED' ? 'success' : 'danger'}>{t.outcomes[outcome]}</StatusTag>
            ),
          },
          { title: t.answer, cell: ({ statusCode, error }) => error ?? statusCode ?? '–' },
          { title: t.attempt, isNumeric: true, cell: ({ attempt }) => attempt },
          { title: t.duration, isNumeric: true, cell: ({ durationMs }) => t.ms(durationMs) },
          { title: t.at, cell: ({ attemptedAt }) => <Instant value={attemptedAt} /> },
        ]}
      />
    </Section>
  );
}
