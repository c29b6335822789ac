import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import { listScreenings, type ScreeningOutcome } from '#contracts/finance';
import { read } from '../api/query';
import { useTexts } from '../i18n/texts';
import { List } from '../ui/list';
import { Section } from '../ui/page';
import { StatusTag, type TagTone } from '../ui/status-tag';
import { Instant } from '../ui/values';
import { payeeTexts } from './texts';

const TONES: Readonly<Record<ScreeningOutcome, TagTone>> = { CLEAR: 'success', REVIEW: 'warning', BLOCK: 'danger' };
const SHOWN = 10;

/** How the payee stood against each edition of the sanctions list. */
export function Screenings({ payeeId }: { readonly payeeId: string }) {
  const { page: t, outcomes } = useTexts(payeeTexts);
  const query = useQuery(read(listScreenings, { payeeId, limit: SHOWN }));
  return (
    <Section title={t.screenings}>
      <List
        query={query}
        caption={t.screenings}
        keyOf={({ id }) => id}
        empty={t.noScreenings}
        columns={[
          {
            title: t.screenedAt,
            isHeading: true,
            cell: ({ id, screenedAt }) => (
              <Link className="kern-link" to={`/bank/hits/${id}`}>
                <Instant value={screenedAt} />
              </Link>
            ),
          },
          {
            title: t.outcome,
            cell: ({ outcome }) => <StatusTag tone={TONES[outcome]}>{outcomes[outcome]}</StatusTag>,
          },
          { title: t.decision, cell: ({ decision }) => decision?.reason ?? '–' },
        ]}
      />
    </Section>
  );
}
