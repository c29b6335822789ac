import { useQuery } from '@tanstack/react-query';
import { type ExpertRequestView, listAssessmentCriteria } from '#contracts/staffing';
import { read } from '../api/query';
import { localized } from '../i18n/format';
import { useLanguage } from '../i18n/language';
import { useTexts } from '../i18n/texts';
import { Section } from '../ui/page';
import { Table } from '../ui/table';
import { demandTexts } from './texts';

type Assessment = NonNullable<ExpertRequestView['assessment']>;

const CRITERIA_MAX = 200;

/** The reviewers side by side, criterion by criterion, with how far they are apart. */
export function Assessments({
  assessment: { assessments, mean, spread, spreadByCriterion },
}: {
  readonly assessment: Assessment;
}) {
  const { page } = useTexts(demandTexts);
  const language = useLanguage();
  const { data } = useQuery(read(listAssessmentCriteria, { limit: CRITERIA_MAX }));
  const titles = new Map(data?.items.map(({ criterion, title }) => [criterion, localized(title, language)]));
  const spreads = new Map(spreadByCriterion.map((each) => [each.criterion, each.spread]));
  return (
    <Section title={page.assessment}>
      <Table
        caption={page.assessment}
        rows={assessments[0]?.scores ?? []}
        keyOf={({ criterion }) => criterion}
        columns={[
          { title: page.criterion, isHeading: true, cell: ({ criterion }) => titles.get(criterion) ?? '…' },
          { title: page.weight, isNumeric: true, cell: ({ weightPercent }) => `${weightPercent} %` },
          ...assessments.map(({ reviewer, scores }) => ({
            title: reviewer,
            isNumeric: true,
            cell: ({ criterion }: { readonly criterion: string }) =>
              scores.find((each) => each.criterion === criterion)?.score ?? '–',
          })),
          { title: page.spread, isNumeric: true, cell: ({ criterion }) => spreads.get(criterion) ?? '–' },
        ]}
      />
      {mean !== null && spread !== null && (
        <p className="kern-body">{page.mean(mean.replace('.', ','), spread.replace('.', ','))}</p>
      )}
      {assessments.map(({ id, reviewer, note }) =>
        note === null ? null : (
          <div key={id}>
            <h3 className="kern-heading-small">{page.note(reviewer)}</h3>
            <p className="kern-body written">{note}</p>
          </div>
        ),
      )}
    </Section>
  );
}
