import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import { drafts, placeOf } from '../api/drafts';
import { waitingLetters } from '../api/outbox';
import { useTexts } from '../i18n/texts';
import { Section } from '../ui/page';
import { StatusTag, type TagTone } from '../ui/status-tag';
import { Table } from '../ui/table';
import { homeTexts } from './texts';

interface Begun {
  readonly key: string;
  readonly title: string;
  readonly address: string;
  readonly state: 'begun' | 'going' | 'refused';
}

const TONES: Readonly<Record<Begun['state'], TagTone>> = { begun: 'neutral', going: 'info', refused: 'danger' };
const SEQUENCE: readonly Begun['state'][] = ['refused', 'going', 'begun'];

/** What this browser keeps of what the person began: the drafts, and what was handed in and did not arrive. */
export function useBegun(): { readonly isKnown: boolean; readonly items: readonly Begun[] } {
  const begun = useQuery(drafts);
  const letters = useQuery(waitingLetters);
  const handedIn = (letters.data ?? []).map(({ id, title, address, fault }): Begun => ({
    key: id,
    title,
    address,
    state: fault ? 'refused' : 'going',
  }));
  const places = new Set(letters.data?.map(({ draft }) => draft));
  const kept = (begun.data ?? [])
    .filter(({ name }) => !places.has(placeOf(name)))
    .map(({ name, title, address }): Begun => ({ key: name, title, address, state: 'begun' }));
  return {
    // A browser that may keep nothing has nothing.
    isKnown: !begun.isPending && !letters.isPending,
    items: [...handedIn, ...kept].sort((a, b) => SEQUENCE.indexOf(a.state) - SEQUENCE.indexOf(b.state)),
  };
}

/** Leads back to it; nothing is shown where there is nothing. */
export function BegunSection() {
  const { begun: t } = useTexts(homeTexts);
  const { items } = useBegun();
  if (items.length === 0) return null;
  return (
    <Section title={t.title}>
      <p className="kern-body">{t.lead}</p>
      <Table
        caption={t.title}
        rows={items}
        keyOf={({ key }) => key}
        columns={[
          {
            title: t.what,
            isHeading: true,
            cell: ({ title, address }) => (
              <Link className="kern-link" to={address}>
                {title}
              </Link>
            ),
          },
          { title: t.state, cell: ({ state }) => <StatusTag tone={TONES[state]}>{t.states[state]}</StatusTag> },
        ]}
      />
    </Section>
  );
}
