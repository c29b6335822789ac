import { useQuery } from '@tanstack/react-query';
import { useParams } from 'react-router';
import {
  changeExpert,
  EXPERT_FACTS,
  type ExpertFact,
  type ExpertView,
  getExpert,
  listExpertActions,
  verifyExpert,
} from '#contracts/staffing';
import { useFieldNames } from '../api/fields-of-action';
import { read } from '../api/query';
import { useSession } from '../api/use-session';
import { countryName, dayText, languageName } from '../i18n/format';
import { useLanguage } from '../i18n/language';
import { useTexts } from '../i18n/texts';
import { act } from '../ui/act';
import { Acts } from '../ui/acts';
import { Facts } from '../ui/facts';
import { CheckManyField, choicesOf } from '../ui/inputs';
import { Page, Section } from '../ui/page';
import { Loaded } from '../ui/query-state';
import { StatusTag } from '../ui/status-tag';
import { Table } from '../ui/table';
import { Day, Instant } from '../ui/values';
import { AssignmentsOf } from './assignments-of';
import { LikelyDuplicates } from './duplicates';
import { nameOf } from './names';
import { useSeen } from './seen';
import { expertTexts } from './texts';

export function ExpertPage() {
  const { expertId = '' } = useParams();
  const query = useQuery(read(getExpert, { expertId }));
  return <Loaded query={query}>{(expert) => <Detail expert={expert} />}</Loaded>;
}

function Detail({ expert }: { readonly expert: ExpertView }) {
  const { list, page, expert: somebody } = useTexts(expertTexts);
  const { expertId } = useSession();
  const isOwn = expertId === expert.id;
  return (
    <Page
      title={nameOf(expert, somebody)}
      crumbs={isOwn ? [] : [{ label: list.title, to: '/experts' }]}
      lead={isOwn ? page.own : undefined}
      acts={<ExpertActs expert={expert} />}
    >
      <LikelyDuplicates ids={expert.likelyDuplicates ?? []} />
      <div className="columns">
        <div className="page">
          <DecidingFacts expert={expert} />
          <AssignmentsOf expertId={expert.id} />
        </div>
        <div className="page">
          <Person expert={expert} />
          <Profile expert={expert} />
        </div>
      </div>
    </Page>
  );
}

function ExpertActs({ expert }: { readonly expert: ExpertView }) {
  const { acts, facts, documents } = useTexts(expertTexts);
  const fixed = { expertId: expert.id };
  const seen = useSeen(expert);
  return (
    <Acts
      of={listExpertActions}
      id={fixed}
      version={expert.version}
      seen={seen}
      acts={[
        act({
          operation: verifyExpert,
          isNext: EXPERT_FACTS.some((fact) => expert.verifications?.[fact] === null),
          ...acts.verify,
          fixed,
          fields: {
            facts: {
              label: acts.facts,
              initial: [],
              render: () => <CheckManyField name="facts" label={acts.facts} choices={choicesOf(facts)} />,
            },
            document: { label: acts.document, choices: choicesOf(documents) },
          },
        }),
        { operation: changeExpert, label: acts.change, to: `/experts/${expert.id}/edit` },
      ]}
    />
  );
}

/** On what the right to an instrument hangs, and who saw which paper when. */
function DecidingFacts({ expert }: { readonly expert: ExpertView }) {
  const { page, facts, documents } = useTexts(expertTexts);
  const language = useLanguage();
  const { citizenships, residenceCountry, person, verifications } = expert;
  const values: Readonly<Record<ExpertFact, string>> = {
    citizenships: citizenships.map((code) => countryName(code, language)).join(', '),
    birthDate: person ? dayText(person.birthDate, language) : '–',
    residenceCountry: countryName(residenceCountry, language),
  };
  const rows = EXPERT_FACTS.filter((fact) => fact !== 'birthDate' || person !== null);
  return (
    <Section title={page.facts}>
      <Table
        caption={page.facts}
        rows={rows}
        keyOf={(fact) => fact}
        columns={[
          { title: page.fact, isHeading: true, cell: (fact) => facts[fact] },
          { title: page.value, cell: (fact) => values[fact] },
          ...(verifications === null
            ? []
            : [
                {
                  title: page.verified,
                  cell: (fact: ExpertFact) => {
                    const { at, by, document } = verifications[fact] ?? {};
                    if (at === undefined) return <StatusTag tone="warning">{page.notVerified}</StatusTag>;
                    return (
                      <>
                        <StatusTag tone="success">{document ? documents[document] : page.byEntry}</StatusTag>{' '}
                        <small>
                          {by}, <Instant value={at} />
                        </small>
                      </>
                    );
                  },
                },
              ]),
        ]}
      />
      {verifications !== null && <p className="kern-body kern-body--small">{page.factsHelp}</p>}
    </Section>
  );
}

function Person({ expert: { person, changeReason } }: { readonly expert: ExpertView }) {
  const { page, form } = useTexts(expertTexts);
  if (person === null) return null;
  return (
    <Section title={form.person}>
      <Facts
        facts={[
          { label: form.givenNames, value: person.givenNames || '–' },
          { label: form.familyName, value: person.familyName || '–' },
          { label: form.birthDate, value: <Day value={person.birthDate} /> },
          { label: form.email, value: person.email },
          ...(changeReason ? [{ label: page.changeReason, value: changeReason }] : []),
        ]}
      />
    </Section>
  );
}

function Profile({ expert: { languages, fieldsOfAction, qualifications } }: { readonly expert: ExpertView }) {
  const { form: t } = useTexts(expertTexts);
  const language = useLanguage();
  const fieldName = useFieldNames();
  return (
    <Section title={t.profile}>
      <Facts
        facts={[
          {
            label: t.languages,
            value:
              languages
                .map((each) => `${languageName(each.language, language)} ${each.level} (${t.levels[each.level]})`)
                .join(', ') || '–',
          },
          { label: t.fields, value: fieldsOfAction.map(fieldName).join(', ') || '–' },
          { label: t.qualifications, value: <span className="written">{qualifications.join('\n') || '–'}</span> },
        ]}
      />
    </Section>
  );
}
