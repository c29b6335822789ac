import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from 'react-router';
import {
  activatePartnership,
  changePartnership,
  endPartnership,
  getPartnership,
  listPartnershipActions,
  type PartnershipView,
  suspendPartnership,
} from '#contracts/partnership';
import { read } from '../api/query';
import { common } from '../i18n/common';
import { countryName, dayText, languageName } from '../i18n/format';
import { useLanguage } from '../i18n/language';
import { useTexts } from '../i18n/texts';
import { act } from '../ui/act';
import { Acts } from '../ui/acts';
import { Facts } from '../ui/facts';
import { Page, Section } from '../ui/page';
import { Loaded } from '../ui/query-state';
import { StatusTag } from '../ui/status-tag';
import { Table } from '../ui/table';
import { Day, Instant, Period } from '../ui/values';
import { Agreements } from './agreements';
import { Changes } from './changes';
import { Eligibility } from './eligibility';
import { useFieldNames } from '../api/fields-of-action';
import { partnershipName } from '../i18n/names';
import { PARTNERSHIP_TONES } from './partnership-table';
import { partnershipTexts } from './texts';

export function PartnershipPage() {
  const { partnershipId = '' } = useParams();
  const query = useQuery(read(getPartnership, { partnershipId }));
  return <Loaded query={query}>{(partnership) => <Detail partnership={partnership} />}</Loaded>;
}

function Detail({ partnership }: { readonly partnership: PartnershipView }) {
  const t = useTexts(partnershipTexts);
  const { words } = useTexts(common);
  const { status, statusSince, participants } = partnership;
  return (
    <Page
      title={partnershipName(participants)}
      caseNumber={partnership.caseNumber}
      trailOf={partnership.id}
      crumbs={[{ label: t.list.title, to: '/partnerships' }]}
      tag={<StatusTag tone={PARTNERSHIP_TONES[status]}>{words.partnershipStatus[status]}</StatusTag>}
      lead={t.page.since(dayText(statusSince, useLanguage()))}
      acts={<PartnershipActs partnership={partnership} />}
    >
      <div className="columns">
        <div className="page">
          <KeyFacts partnership={partnership} />
          <Participants partnership={partnership} />
          <Fields partnership={partnership} />
          <Agreements partnership={partnership} />
          <Changes partnershipId={partnership.id} />
        </div>
        <div className="page">
          <Eligibility partnership={partnership} />
          <History partnership={partnership} />
        </div>
      </div>
    </Page>
  );
}

function PartnershipActs({ partnership }: { readonly partnership: PartnershipView }) {
  const { acts, list } = useTexts(partnershipTexts);
  const { words } = useTexts(common);
  const language = useLanguage();
  const { id, version, status, statusSince, kind } = partnership;
  const fixed = { partnershipId: id };
  const fields = {
    on: { label: acts.on, hint: acts.onHint },
    note: { label: acts.note },
  };
  return (
    <Acts
      of={listPartnershipActions}
      id={fixed}
      version={version}
      seen={{
        [list.status]: words.partnershipStatus[status],
        [list.columns.since]: dayText(statusSince, language),
        [list.kind]: words.partnershipKind[kind],
      }}
      acts={[
        act({ operation: activatePartnership, isNext: true, ...acts.activate, fixed, fields }),
        { operation: changePartnership, label: acts.change.label, to: `/partnerships/${id}/edit` },
        act({ operation: suspendPartnership, ...acts.suspend, fixed, fields }),
        act({ operation: endPartnership, ...acts.end, fixed, fields }),
      ]}
    />
  );
}

function KeyFacts({ partnership }: { readonly partnership: PartnershipView }) {
  const { page, timeline } = useTexts(partnershipTexts);
  const { words } = useTexts(common);
  const language = useLanguage();
  const { kind, period, languages } = partnership;
  return (
    <Section title={page.facts}>
      <p className="kern-body">
        <Link className="kern-link" to={`/projects?partnershipId=${partnership.id}`}>
          {page.projects}
        </Link>
        <br />
        <Link className="kern-link" to={`/partnerships/${partnership.id}/timeline`}>
          {timeline.open}
        </Link>
      </p>
      <p className="kern-body">
        <Link className="kern-link" to={`/results?partnershipId=${partnership.id}`}>
          {page.results}
        </Link>
      </p>
      <Facts
        facts={[
          { label: page.kind, value: words.partnershipKind[kind] },
          { label: page.period, value: period ? <Period value={period} /> : page.unlimited },
          { label: page.languages, value: languages.map((code) => languageName(code, language)).join(', ') },
        ]}
      />
    </Section>
  );
}

function Participants({ partnership }: { readonly partnership: PartnershipView }) {
  const { page, list } = useTexts(partnershipTexts);
  const { words } = useTexts(common);
  const language = useLanguage();
  return (
    <Section title={page.participants}>
      <Table
        caption={page.participants}
        rows={partnership.participants}
        keyOf={({ municipalityId }) => municipalityId}
        columns={[
          {
            title: list.columns.name,
            isHeading: true,
            cell: ({ municipalityId, name }) => (
              <Link className="kern-link" to={`/municipalities/${municipalityId}`}>
                {name}
              </Link>
            ),
          },
          { title: page.kind, cell: ({ kind }) => words.municipalityKind[kind] },
          { title: list.columns.countries, cell: ({ country }) => countryName(country, language) },
        ]}
      />
    </Section>
  );
}

function Fields({ partnership }: { readonly partnership: PartnershipView }) {
  const { page } = useTexts(partnershipTexts);
  const fieldName = useFieldNames();
  return (
    <Section title={page.fields}>
      <Table
        caption={page.fields}
        rows={partnership.fieldsOfAction}
        keyOf={({ key }) => key}
        columns={[
          { title: page.fields, isHeading: true, cell: ({ key }) => fieldName(key) },
          { title: page.percent, isNumeric: true, cell: ({ percent }) => `${percent} %` },
        ]}
      />
    </Section>
  );
}

function History({ partnership }: { readonly partnership: PartnershipView }) {
  const { page } = useTexts(partnershipTexts);
  const { words } = useTexts(common);
  return (
    <Section title={page.history}>
      <ol className="timeline">
        {partnership.statusChanges.toReversed().map(({ status, on, recordedBy, recordedAt, note }) => (
          <li key={recordedAt}>
            <Day value={on} /> <strong>{words.partnershipStatus[status]}</strong>
            {note !== null && <div className="kern-body">{note}</div>}
            <small>
              {page.by(recordedBy)}, <Instant value={recordedAt} />
            </small>
          </li>
        ))}
      </ol>
    </Section>
  );
}
