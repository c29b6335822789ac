import { useQuery } from '@tanstack/react-query';
import { useParams, useSearchParams } from 'react-router';
import { FindingSeverity, getPublication, type PublicationView } from '#contracts/partnership';
import { read } from '../api/query';
import { numberText } from '../i18n/format';
import { useLanguage } from '../i18n/language';
import { useTexts } from '../i18n/texts';
import { Facts } from '../ui/facts';
import { ChoiceFilter, Filters } from '../ui/filters';
import { choicesOf } from '../ui/inputs';
import { Notice } from '../ui/notice';
import { Page, Section } from '../ui/page';
import { Loaded } from '../ui/query-state';
import { StatusTag, type TagTone } from '../ui/status-tag';
import { Table } from '../ui/table';
import { Instant } from '../ui/values';
import { PublishedTag } from './published-tag';
import { publishingTexts } from './texts';

type Severity = PublicationView['findings'][number]['severity'];
const TONES: Readonly<Record<Severity, TagTone>> = { ERROR: 'danger', WARNING: 'warning', ADVISORY: 'info' };

/** The report of an edition: what it tells, what it leaves out, and what its checks found. */
export function PublicationPage() {
  const { publicationId = '' } = useParams();
  const query = useQuery(read(getPublication, { publicationId }));
  return <Loaded query={query}>{(view) => <Report view={view} />}</Loaded>;
}

function Report({ view }: { readonly view: PublicationView }) {
  const { list, report: t } = useTexts(publishingTexts);
  const language = useLanguage();
  const count = (number: number) => numberText(number, language);
  const { partnerships, assignments, results, sums, leftOut } = view;
  return (
    <Page
      title={list.number(view.version)}
      trailOf={view.id}
      crumbs={[{ label: list.title, to: '/publications' }]}
      tag={<PublishedTag isPublished={view.isPublished} />}
      lead={<Instant value={view.madeAt} />}
    >
      {!view.isPublished && <Notice tone="danger" title={t.heldBack} />}
      <Section title={t.content}>
        <Table
          caption={t.content}
          rows={[
            { what: t.partnerships, told: partnerships, kept: leftOut.partnerships },
            { what: t.assignments, told: assignments, kept: leftOut.assignments },
            { what: t.results, told: results, kept: leftOut.results },
            { what: t.amounts, told: sums, kept: leftOut.amounts },
          ]}
          keyOf={({ what }) => what}
          columns={[
            { title: t.what, isHeading: true, cell: ({ what }) => what },
            { title: t.told, isNumeric: true, cell: ({ told }) => count(told) },
            { title: t.kept, isNumeric: true, cell: ({ kept }) => count(kept) },
          ]}
        />
      </Section>
      <Findings view={view} />
      <Section title={t.files}>
        <Facts
          facts={view.files.map(({ name, bytes, sha256 }) => ({
            label: name,
            value: (
              <div>
                {t.kilobytes(count(Math.ceil(bytes / 1000)))}, SHA-256 <span className="written">{sha256}</span>
              </div>
            ),
          }))}
        />
      </Section>
    </Page>
  );
}

/** By severity, the worst first, and by line. */
function Findings({ view: { findings, errors, warnings, advisories } }: { readonly view: PublicationView }) {
  const { report: t, severities, kinds } = useTexts(publishingTexts);
  const language = useLanguage();
  const [parameters] = useSearchParams();
  const asked = parameters.get('severity')?.split(',') ?? [];
  const rank = (severity: Severity) => FindingSeverity.options.indexOf(severity);
  const rows = findings
    .filter(({ severity }) => asked.length === 0 || asked.includes(severity))
    .map((finding, index) => ({ ...finding, index }))
    .sort((a, b) => rank(a.severity) - rank(b.severity) || a.line - b.line);
  const omitted = errors + warnings + advisories - findings.length;
  return (
    <Section title={t.findings}>
      {findings.length === 0 ? (
        <p className="kern-body empty">{t.none}</p>
      ) : (
        <>
          <p className="kern-body">{t.counts(errors, warnings, advisories)}</p>
          <Filters>
            <ChoiceFilter name="severity" label={t.severity} choices={choicesOf(severities)} />
          </Filters>
          <Table
            caption={t.findings}
            rows={rows}
            keyOf={({ index }) => String(index)}
            columns={[
              {
                title: t.severity,
                cell: ({ severity }) => <StatusTag tone={TONES[severity]}>{severities[severity]}</StatusTag>,
              },
              { title: t.line, isNumeric: true, cell: ({ line }) => numberText(line, language) },
              { title: t.check, cell: ({ kind, rule }) => `${kinds[kind]}: ${rule}` },
              // The rules are those of IATI, in their words.
              { title: t.message, isHeading: true, cell: ({ message }) => <span lang="en">{message}</span> },
            ]}
          />
          {omitted > 0 && <p className="kern-body">{t.omitted(omitted)}</p>}
        </>
      )}
    </Section>
  );
}
