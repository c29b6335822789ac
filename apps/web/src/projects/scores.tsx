import { useQuery } from '@tanstack/react-query';
import { listScorecards, type ScorecardView } from '#contracts/partnership';
import { read } from '../api/query';
import { dayText } from '../i18n/format';
import { useLanguage } from '../i18n/language';
import { common } from '../i18n/common';
import { useTexts } from '../i18n/texts';
import { Section } from '../ui/page';
import { Loaded } from '../ui/query-state';
import { Table } from '../ui/table';
import { Decimal, Instant } from '../ui/values';
import { projectTexts } from './texts';

const POINTS_MAX = 4;

/** How ready the project was found, the latest time by dimension. */
export function Scores({ projectId }: { readonly projectId: string }) {
  const { scores: t } = useTexts(projectTexts);
  const query = useQuery(read(listScorecards, { projectId }));
  return (
    <Section title={t.title}>
      <Loaded query={query}>
        {({ items: [latest, ...earlier] }) =>
          latest === undefined ? (
            <p className="kern-body">{t.empty}</p>
          ) : (
            <>
              <Latest card={latest} />
              {earlier.length > 0 && <Earlier cards={earlier} />}
            </>
          )
        }
      </Loaded>
    </Section>
  );
}

function Latest({ card }: { readonly card: ScorecardView }) {
  const { scores: t, gate } = useTexts(projectTexts);
  const language = useLanguage();
  const rows = [
    ...card.dimensions.map(({ dimension, mean }) => ({
      key: dimension,
      name: t.dimensions[dimension],
      mean,
    })),
    { key: 'total', name: t.total, mean: card.total },
  ];
  return (
    <>
      <Table
        caption={t.title}
        rows={rows}
        keyOf={({ key }) => key}
        columns={[
          { title: t.dimension, isHeading: true, cell: ({ name }) => name },
          {
            title: t.mean,
            isNumeric: true,
            cell: ({ mean }) => (
              <>
                {/* The number beside it says the same. */}
                <meter className="measure" aria-hidden="true" min={0} max={POINTS_MAX} value={Number(mean)} />{' '}
                <Decimal value={mean} />
              </>
            ),
          },
        ]}
      />
      <p className="kern-body kern-body--small">
        {gate.by(card.scoredBy)}, <Instant value={card.scoredAt} />. {t.rubric(dayText(card.rubricFrom, language))}
      </p>
    </>
  );
}

function Earlier({ cards }: { readonly cards: readonly ScorecardView[] }) {
  const { scores: t, gate } = useTexts(projectTexts);
  const stages = useTexts(common).words.projectStage;
  return (
    <details>
      <summary>{t.earlier}</summary>
      <ul>
        {cards.map(({ id, stage, total, scoredBy, scoredAt }) => (
          <li key={id}>
            <Decimal value={total} /> ({stages[stage]}) {gate.by(scoredBy)}, <Instant value={scoredAt} />
          </li>
        ))}
      </ul>
    </details>
  );
}
