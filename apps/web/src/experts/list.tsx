import { useQuery } from '@tanstack/react-query';
import { Link, Navigate, useSearchParams } from 'react-router';
import { CEFR_LEVELS, createExpert, EXPERT_FACTS, EXPERT_PERSON_READERS, listExperts } from '#contracts/staffing';
import { useCountries } from '../api/countries';
import { useFieldNames, useFieldsOfAction } from '../api/fields-of-action';
import { read } from '../api/query';
import { useSession } from '../api/use-session';
import { countryName, languageName, localized } from '../i18n/format';
import { useLanguage } from '../i18n/language';
import { useTexts } from '../i18n/texts';
import { CreateLink } from '../ui/create-link';
import { ChoiceFilter, Filters, SearchFilter } from '../ui/filters';
import type { Choices } from '../ui/inputs';
import { List } from '../ui/list';
import { Page } from '../ui/page';
import { parametersOf } from '../ui/parameters';
import { StatusTag } from '../ui/status-tag';
import { LANGUAGE_CODES, nameOf } from './names';
import { expertTexts } from './texts';

const FILTERS = listExperts.request.pick({
  q: true,
  fieldOfAction: true,
  language: true,
  level: true,
  citizenship: true,
  cursor: true,
});

/** The pool; an expert sees the own record at once. */
export function ExpertsPage() {
  const { expertId } = useSession();
  return expertId === undefined ? <Pool /> : <Navigate to={`/experts/${expertId}`} replace />;
}

function Pool() {
  const { list: t, expert } = useTexts(expertTexts);
  const language = useLanguage();
  const [parameters] = useSearchParams();
  const query = useQuery(read(listExperts, parametersOf(FILTERS, parameters)));
  const fieldName = useFieldNames();
  const { columns } = t;
  return (
    <Page
      title={t.title}
      acts={
        <CreateLink operation={createExpert} to="/experts/new">
          {t.create}
        </CreateLink>
      }
    >
      <PoolFilters />
      <List
        query={query}
        caption={t.title}
        keyOf={({ id }) => id}
        empty={t.empty}
        columns={[
          {
            title: columns.name,
            isHeading: true,
            cell: (each) => (
              <Link className="kern-link" to={`/experts/${each.id}`}>
                {nameOf(each, expert)}
              </Link>
            ),
          },
          {
            title: columns.verified,
            cell: ({ verifications }) => {
              if (verifications === null) return '–';
              const open = EXPERT_FACTS.filter((fact) => verifications[fact] === null).length;
              return open === 0 ? (
                <StatusTag tone="success">{t.allVerified}</StatusTag>
              ) : (
                <StatusTag tone="warning">{t.toVerify(open)}</StatusTag>
              );
            },
          },
          { title: columns.fields, cell: ({ fieldsOfAction }) => fieldsOfAction.map(fieldName).join(', ') || '–' },
          {
            title: columns.languages,
            cell: ({ languages }) =>
              languages.map((each) => `${languageName(each.language, language)} ${each.level}`).join(', ') || '–',
          },
          {
            title: columns.citizenships,
            cell: ({ citizenships }) => citizenships.map((code) => countryName(code, language)).join(', '),
          },
        ]}
      />
    </Page>
  );
}

function PoolFilters() {
  const { list: t } = useTexts(expertTexts);
  const { roles } = useSession();
  const language = useLanguage();
  const { data: fields } = useFieldsOfAction();
  const countries = useCountries();
  const languages: Choices = LANGUAGE_CODES.map((code) => ({ value: code, label: languageName(code, language) })).sort(
    (a, b) => a.label.localeCompare(b.label, language),
  );
  // Who does not see names would learn them by asking for one after the other; the list refuses it.
  const seesNames = EXPERT_PERSON_READERS.some((role) => roles.includes(role));
  return (
    <Filters>
      {seesNames && <SearchFilter label={t.search} />}
      <ChoiceFilter
        name="fieldOfAction"
        label={t.columns.fields}
        choices={(fields?.items ?? []).map(({ key, name }) => ({ value: key, label: localized(name, language) }))}
      />
      <ChoiceFilter name="language" label={t.language} choices={languages} />
      <ChoiceFilter
        name="level"
        label={t.level}
        choices={CEFR_LEVELS.map((level) => ({ value: level, label: t.atLeast(level) }))}
      />
      <ChoiceFilter name="citizenship" label={t.citizenship} choices={countries} />
    </Filters>
  );
}
