import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { Link, useSearchParams } from 'react-router';
import {
  confirmPayoutFeed,
  createWebhook,
  listPayoutFeedReceipts,
  listSigningKeys,
  listWebhooks,
  readPayoutFeed,
  replayPayoutFeed,
  type WebhookSubject,
  type WebhookView,
} from '#contracts/finance';
import { mayCall } from '../api/may';
import { read } from '../api/query';
import { useSession } from '../api/use-session';
import { useTexts } from '../i18n/texts';
import { act, type Act } from '../ui/act';
import { ActDialog } from '../ui/act-dialog';
import { Button, LinkButton } from '../ui/button';
import { Filters, SearchFilter } from '../ui/filters';
import { List } from '../ui/list';
import { Page, Section } from '../ui/page';
import { parametersOf } from '../ui/parameters';
import { Loaded } from '../ui/query-state';
import { StatusTag } from '../ui/status-tag';
import { Table } from '../ui/table';
import { Instant } from '../ui/values';
import { CreateWebhook } from './create-webhook';
import { SecretDialog } from './secret-dialog';
import { BankTabs } from './tabs';
import { feedTexts } from './texts';

/** How the payout messages reach other systems: who confirmed how far, and the addresses that they are sent to. */
export function FeedPage() {
  const t = useTexts(feedTexts);
  return (
    <Page title={t.title}>
      <BankTabs />
      <Consumers />
      <Webhooks />
      <Messages />
      <Keys />
    </Page>
  );
}

function Consumers() {
  const { consumers: t } = useTexts(feedTexts);
  const query = useQuery(read(listPayoutFeedReceipts, {}));
  return (
    <Section title={t.title} acts={<ConsumerActs />}>
      <Loaded query={query}>
        {({ end, items }) => (
          <>
            <p className="kern-body">{t.end(end)}</p>
            {items.length === 0 ? (
              <p className="kern-body empty">{t.empty}</p>
            ) : (
              <Table
                caption={t.title}
                rows={items}
                keyOf={({ consumer }) => consumer}
                columns={[
                  { title: t.name, isHeading: true, cell: ({ consumer }) => consumer },
                  {
                    title: t.lag,
                    cell: ({ lagMessages, lagSeconds }) =>
                      lagMessages === 0 ? (
                        <StatusTag tone="success">{t.upToDate}</StatusTag>
                      ) : (
                        <StatusTag tone="warning">{t.behind(lagMessages, t.time(lagSeconds))}</StatusTag>
                      ),
                  },
                  { title: t.position, isNumeric: true, cell: ({ position }) => position },
                  { title: t.at, cell: ({ confirmedAt }) => <Instant value={confirmedAt} /> },
                ]}
              />
            )}
          </>
        )}
      </Loaded>
    </Section>
  );
}

function ConsumerActs() {
  const { consumers: t } = useTexts(feedTexts);
  const { roles } = useSession();
  const [open, setOpen] = useState<Act>();
  const name = { label: t.name, initial: 'finance-department' };
  const acts = [
    act({
      operation: confirmPayoutFeed,
      ...t.confirm,
      fixed: {},
      fields: { consumer: name, position: { label: t.upTo } },
    }),
    act({
      operation: replayPayoutFeed,
      ...t.replay,
      fixed: {},
      fields: { consumer: name, fromPosition: { label: t.from } },
    }),
  ].filter(({ operation }) => mayCall(operation, roles));
  return (
    <div className="buttons">
      {acts.map((each) => (
        <Button key={each.label} onClick={() => setOpen(each)}>
          {each.label}
        </Button>
      ))}
      {open && <ActDialog act={open} version={undefined} seen={{}} onClose={() => setOpen(undefined)} />}
    </div>
  );
}

const WEBHOOKS_SHOWN = 100;

function Webhooks() {
  const { webhooks: t } = useTexts(feedTexts);
  const { roles } = useSession();
  const [isOpen, setOpen] = useState(false);
  const [secret, setSecret] = useState<string>();
  const query = useQuery(read(listWebhooks, { limit: WEBHOOKS_SHOWN }));
  return (
    <Section
      title={t.title}
      acts={
        mayCall(createWebhook, roles) && (
          <Button icon="add" onClick={() => setOpen(true)}>
            {t.create.label}
          </Button>
        )
      }
    >
      <List
        query={query}
        caption={t.title}
        keyOf={({ id }) => id}
        empty={t.empty}
        columns={[
          {
            title: t.name,
            isHeading: true,
            cell: ({ id, name }) => (
              <Link className="kern-link" to={`/bank/webhooks/${id}`}>
                {name}
              </Link>
            ),
          },
          { title: t.status, cell: ({ status }) => <WebhookState status={status} /> },
          { title: t.url, cell: ({ url }) => <span className="written">{url}</span> },
          { title: t.position, isNumeric: true, cell: ({ position }) => position },
          { title: t.failed, isNumeric: true, cell: ({ failedAttempts }) => failedAttempts },
        ]}
      />
      {isOpen && <CreateWebhook onClose={() => setOpen(false)} onSecret={setSecret} />}
      {secret !== undefined && <SecretDialog secret={secret} onClose={() => setSecret(undefined)} />}
    </Section>
  );
}

export function WebhookState({ status }: Pick<WebhookView, 'status'>): ReactNode {
  const { webhooks: t } = useTexts(feedTexts);
  return status === 'ACTIVE' ? (
    <StatusTag tone="success">{t.active}</StatusTag>
  ) : (
    <StatusTag tone="warning">{t.disabled}</StatusTag>
  );
}

const FILTERS = readPayoutFeed.request.pick({ after: true });
const MESSAGES_SHOWN = 20;

function Messages() {
  const { messages: t, subjects } = useTexts(feedTexts);
  const [parameters] = useSearchParams();
  const { after = '0' } = parametersOf(FILTERS, parameters);
  const query = useQuery(read(readPayoutFeed, { after, limit: MESSAGES_SHOWN }));
  return (
    <Section title={t.title}>
      <Filters>
        <SearchFilter key={after} name="after" label={t.after} />
      </Filters>
      <Loaded query={query}>
        {({ items, next }) =>
          items.length === 0 ? (
            <p className="kern-body empty">{t.empty}</p>
          ) : (
            <>
              <Table
                caption={t.title}
                rows={items}
                keyOf={({ id }) => id}
                columns={[
                  { title: t.position, isHeading: true, cell: ({ position }) => position },
                  // A kind of message that came later than these pages is shown by its own name.
                  { title: t.what, cell: ({ type }) => subjects[type as WebhookSubject] ?? type },
                  { title: t.at, cell: ({ time }) => <Instant value={time} /> },
                  { title: t.signed, cell: ({ signature }) => (signature === null ? t.no : t.yes) },
                  {
                    title: t.payout,
                    cell: ({ subject }) => (
                      <Link className="kern-link" to={`/money/payouts/${subject}`}>
                        {t.toPayout}
                      </Link>
                    ),
                  },
                ]}
              />
              <div className="buttons">
                <LinkButton to={`?after=${next}`}>{t.next}</LinkButton>
              </div>
            </>
          )
        }
      </Loaded>
    </Section>
  );
}

function Keys() {
  const { keys: t } = useTexts(feedTexts);
  const query = useQuery(read(listSigningKeys, {}));
  return (
    <Section title={t.title}>
      <Loaded query={query}>
        {({ keys }) =>
          keys.length === 0 ? (
            <p className="kern-body">{t.empty}</p>
          ) : (
            <Table
              caption={t.title}
              rows={keys}
              keyOf={({ kid }) => kid}
              columns={[
                { title: t.id, isHeading: true, cell: ({ kid }) => <span className="written">{kid}</span> },
                { title: t.kind, cell: ({ alg, crv }) => `${alg}, ${crv}` },
              ]}
            />
          )
        }
      </Loaded>
    </Section>
  );
}
