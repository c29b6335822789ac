import { useQuery } from '@tanstack/react-query';
import type { ServiceView } from '#contracts';
import { services } from '../api/services';
import { useLanguage } from '../i18n/language';
import { numberText } from '../i18n/format';
import { useTexts } from '../i18n/texts';
import { Section } from '../ui/page';
import { Loaded } from '../ui/query-state';
import { StatusTag } from '../ui/status-tag';
import { Table } from '../ui/table';
import { Day, Instant } from '../ui/values';
import { auditTexts } from './texts';

/** Whether the trail agreed when it was verified last, for each service's part of it. Looking at it verifies nothing. */
export function ChainStatus() {
  const { chain: t, services: names } = useTexts(auditTexts);
  const language = useLanguage();
  return (
    <Section title={t.title}>
      <Loaded query={useQuery(services)}>
        {({ items, away }) => (
          <>
            <p className="kern-body">{t.lead}</p>
            <Table
              caption={t.title}
              rows={[...items].sort((a, b) => b.audit.faults.length - a.audit.faults.length)}
              keyOf={({ service }) => service}
              columns={[
                { title: t.part, isHeading: true, cell: ({ service }) => names[service] },
                { title: t.state, cell: ({ audit }) => <State audit={audit} /> },
                {
                  title: t.verified,
                  cell: ({ audit: { verifiedAt } }) => (verifiedAt === null ? t.never : <Instant value={verifiedAt} />),
                },
                {
                  title: t.records,
                  isNumeric: true,
                  cell: ({ audit: { records } }) => numberText(records.sealed + records.waiting, language),
                },
                { title: t.checkpoint, cell: ({ audit }) => <LastCheckpoint audit={audit} /> },
              ]}
            />
            {away.length > 0 && (
              <p className="kern-body">{t.away(away.map(({ service }) => names[service]).join(', '))}</p>
            )}
          </>
        )}
      </Loaded>
    </Section>
  );
}

function State({ audit: { faults, verifiedAt } }: Pick<ServiceView, 'audit'>) {
  const { chain: t } = useTexts(auditTexts);
  if (faults.length === 0 && verifiedAt === null) return <StatusTag tone="neutral">{t.notYet}</StatusTag>;
  if (faults.length === 0) return <StatusTag tone="success">{t.whole}</StatusTag>;
  return (
    <div>
      <StatusTag tone="danger">{t.faulty}</StatusTag>
      <ul className="kern-list" lang="en">
        {faults.map((fault) => (
          <li key={fault} className="written">
            {fault}
          </li>
        ))}
      </ul>
    </div>
  );
}

function LastCheckpoint({ audit: { checkpoint } }: Pick<ServiceView, 'audit'>) {
  const { chain: t } = useTexts(auditTexts);
  if (!checkpoint) return t.noCheckpoint;
  return (
    <span>
      {t.number(checkpoint.number)} <Day value={checkpoint.day} />
      {checkpoint.places.length > 0 ? `, ${t.places(checkpoint.places.length)}` : `, ${t.noPlace}`}
    </span>
  );
}
