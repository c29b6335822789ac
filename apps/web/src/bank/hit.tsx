import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useParams } from 'react-router';
import {
  decideScreening,
  getScreening,
  listSanctionsLists,
  listScreeningActions,
  listScreenings,
  type ScreeningView,
} from '#contracts/finance';
import { usePayeeNames } from '../api/names';
import { read } from '../api/query';
import { countryName, instantText } from '../i18n/format';
import { useLanguage } from '../i18n/language';
import { useTexts } from '../i18n/texts';
import { act } from '../ui/act';
import { Acts } from '../ui/acts';
import { Facts } from '../ui/facts';
import { Notice } from '../ui/notice';
import { Page, Section } from '../ui/page';
import { Loaded } from '../ui/query-state';
import { StatusTag } from '../ui/status-tag';
import { Table } from '../ui/table';
import { Instant } from '../ui/values';
import { checkTexts } from './texts';
import { OUTCOME_TONES } from './tones';

/** One screening: the names of the payee beside those of the list, and a person's verdict on each likeness. */
export function HitPage() {
  const { screeningId = '' } = useParams();
  const query = useQuery(read(getScreening, { screeningId }));
  return <Loaded query={query}>{(screening) => <Detail screening={screening} />}</Loaded>;
}

interface Props {
  readonly screening: ScreeningView;
}

const QUEUE_MAX = 100;

function Detail({ screening }: Props) {
  const { hits, hit: t } = useTexts(checkTexts);
  const { payeeId, outcome, doubts, decision } = screening;
  const name = usePayeeNames([payeeId])(payeeId);
  const waiting = useQuery(read(listScreenings, { outcome: 'REVIEW', limit: QUEUE_MAX })).data;
  const left = waiting?.page.next ? `${QUEUE_MAX}+` : String(waiting?.items.length ?? 0);
  return (
    <Page
      title={t.title(name)}
      crumbs={[{ label: hits.title, to: '/bank/hits?outcome=REVIEW' }]}
      tag={<StatusTag tone={OUTCOME_TONES[outcome]}>{hits.outcomes[outcome]}</StatusTag>}
      lead={t.left(left)}
      acts={<HitActs screening={screening} waiting={waiting?.items.map(({ id }) => id) ?? []} />}
    >
      {doubts.length > 0 && (
        <Notice tone="warning" title={t.doubts}>
          <ul className="kern-list kern-list--bullet">
            {doubts.map((doubt) => (
              <li key={doubt}>{doubt}</li>
            ))}
          </ul>
        </Notice>
      )}
      <div className="columns columns--narrow-first">
        <Screened screening={screening} />
        <div className="page">
          {decision && <Decision decision={decision} />}
          <Hits screening={screening} />
        </div>
      </div>
    </Page>
  );
}

function HitActs({ screening, waiting }: Props & { readonly waiting: readonly string[] }) {
  const { hits, hit: t } = useTexts(checkTexts);
  const navigate = useNavigate();
  const { id, version, outcome } = screening;
  const others = waiting.filter((each) => each !== id);
  const next = waiting[waiting.indexOf(id) + 1] ?? others[0];
  const goOn = () => {
    if (next !== undefined) void navigate(`/bank/hits/${next}`);
  };
  const fields = { reason: { label: t.reason, rows: 3 } };
  return (
    <Acts
      of={listScreeningActions}
      id={{ screeningId: id }}
      version={version}
      seen={{ [hits.outcome]: hits.outcomes[outcome] }}
      keys={next === undefined ? [] : [{ key: 's', label: t.skipKey, run: goOn }]}
      acts={[
        act({
          operation: decideScreening,
          key: { key: '1', label: t.clear.label },
          ...t.clear,
          fixed: { screeningId: id, outcome: 'CLEAR' },
          fields,
          onReply: goOn,
        }),
        act({
          operation: decideScreening,
          key: { key: '2', label: t.block.label },
          ...t.block,
          fixed: { screeningId: id, outcome: 'BLOCK' },
          fields,
          onReply: goOn,
        }),
      ]}
    />
  );
}

function Screened({ screening }: Props) {
  const { hits, hit: t } = useTexts(checkTexts);
  const language = useLanguage();
  const { screened, threshold, screenedAt, sanctionsListId, namedBy, payeeId } = screening;
  const { data: lists } = useQuery(read(listSanctionsLists, { limit: QUEUE_MAX }));
  const list = lists?.items.find(({ id }) => id === sanctionsListId);
  return (
    <Section title={t.screened}>
      <Facts
        facts={[
          { label: t.names, value: <span className="written">{screened.names.join('\n')}</span> },
          { label: t.town, value: screened.town },
          { label: t.country, value: countryName(screened.country, language) },
          { label: t.at, value: <Instant value={screenedAt} /> },
          { label: t.threshold, value: t.points(threshold) },
          ...(list
            ? [{ label: t.list, value: hits.listOf(list.number, instantText(list.generatedAt, language)) }]
            : []),
          ...(namedBy.length > 0 ? [{ label: t.namedBy, value: namedBy.join(', ') }] : []),
        ]}
      />
      {namedBy.length > 0 && <p className="kern-body kern-body--small">{t.namedByHint}</p>}
      <Link className="kern-link" to={`/payees/${payeeId}`}>
        {t.toPayee}
      </Link>
    </Section>
  );
}

function Decision({ decision: { by, at, reason } }: { readonly decision: NonNullable<ScreeningView['decision']> }) {
  const { hit: t } = useTexts(checkTexts);
  const language = useLanguage();
  return (
    <Section title={t.decision}>
      <p className="kern-body written">{reason}</p>
      <p className="kern-body kern-body--small">{t.decided(by, instantText(at, language))}</p>
    </Section>
  );
}

function Hits({ screening: { hits } }: Props) {
  const { hit: t } = useTexts(checkTexts);
  return (
    <Section title={t.hits}>
      {hits.length === 0 && <p className="kern-body">{t.noHits}</p>}
      {hits.map((hit, index) => (
        <section className="panel" key={`${hit.logicalId} ${index}`} aria-label={hit.listedName}>
          <div className="panel__head">
            <h3 className="kern-title">{hit.listedName}</h3>
            <StatusTag tone={hit.score >= 95 ? 'danger' : 'warning'}>{`${t.score} ${t.points(hit.score)}`}</StatusTag>
          </div>
          <Table
            caption={hit.listedName}
            rows={[
              { what: t.screenedName, value: hit.screenedName },
              { what: t.listedName, value: hit.listedName },
              { what: t.type, value: t.types[hit.subjectType] ?? hit.subjectType },
              { what: t.reference, value: hit.referenceNumber },
            ]}
            keyOf={({ what }) => what}
            columns={[
              { title: t.hits, isHeading: true, cell: ({ what }) => what },
              { title: t.names, cell: ({ value }) => value },
            ]}
          />
          <details className="waiting">
            <summary>{t.why}</summary>
            <ol className="kern-list" lang="en">
              {hit.explanation.map((step) => (
                <li key={step}>{step}</li>
              ))}
            </ol>
          </details>
        </section>
      ))}
    </Section>
  );
}
