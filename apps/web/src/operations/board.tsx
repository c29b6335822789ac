import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import type { ServiceList } from '#contracts';
import { listFinanceRechecks } from '#contracts/finance';
import { mayCall } from '../api/may';
import { services } from '../api/services';
import { useSession } from '../api/use-session';
import { useTexts } from '../i18n/texts';
import { LinkButton } from '../ui/button';
import { Notice } from '../ui/notice';
import { Page, Section } from '../ui/page';
import { Loaded } from '../ui/query-state';
import { Table } from '../ui/table';
import { Numbers } from './numbers';
import { Services } from './services';
import { Tasks } from './tasks';
import { operationsTexts } from './texts';
import { urgentOf } from './urgent';

/** How the platform works at this moment, for those who keep it running: first what does not mend itself. */
export function BoardPage() {
  const t = useTexts(operationsTexts);
  const { roles } = useSession();
  return (
    <Page
      title={t.title}
      lead={t.lead}
      acts={
        mayCall(listFinanceRechecks, roles) && (
          <div className="buttons">
            <LinkButton to="rechecks">{t.rechecks.open}</LinkButton>
          </div>
        )
      }
    >
      <Loaded query={useQuery(services)}>
        {(list) => (
          <>
            <UrgentThings list={list} />
            <Numbers list={list} />
            <Services list={list} />
            <Tasks list={list} />
          </>
        )}
      </Loaded>
    </Page>
  );
}

function UrgentThings({ list }: { readonly list: ServiceList }) {
  const t = useTexts(operationsTexts);
  const things = urgentOf(list, t);
  return (
    <Section title={t.urgent.title}>
      {things.length === 0 ? (
        <Notice tone="success" title={t.urgent.none} />
      ) : (
        <Table
          caption={t.urgent.title}
          rows={things}
          keyOf={({ where, what, detail }) => `${where} ${what} ${detail ?? ''}`}
          columns={[
            {
              title: t.urgent.what,
              isHeading: true,
              cell: ({ what, to }) => (to === undefined ? what : <ToWork to={to}>{what}</ToWork>),
            },
            { title: t.urgent.where, cell: ({ where }) => t.services[where] },
            { title: t.urgent.detail, cell: ({ detail }) => <span className="written">{detail ?? '–'}</span> },
          ]}
        />
      )}
    </Section>
  );
}

function ToWork({ to, children }: { readonly to: string; readonly children: string }) {
  return (
    <Link className="kern-link" to={to}>
      {children}
    </Link>
  );
}
