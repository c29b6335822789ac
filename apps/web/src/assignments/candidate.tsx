import type { AssignmentView } from '#contracts/staffing';
import { languageName } from '../i18n/format';
import { useLanguage } from '../i18n/language';
import { useTexts } from '../i18n/texts';
import { Facts } from '../ui/facts';
import { Section } from '../ui/page';
import { assignmentTexts } from './texts';

/** The person on whom the employer decides: the profile, and the name where the person consents. */
export function Candidate({ assignment: { candidate } }: { readonly assignment: AssignmentView }) {
  const { page: t } = useTexts(assignmentTexts);
  const language = useLanguage();
  if (candidate === null) return null;
  const { name, qualifications, languages } = candidate;
  return (
    <Section title={t.candidate}>
      <Facts
        facts={[
          { label: t.candidateName, value: name ?? t.noName },
          { label: t.qualifications, value: <span className="written">{qualifications.join('\n') || '–'}</span> },
          {
            label: t.languages,
            value: languages.map((each) => `${languageName(each.language, language)} ${each.level}`).join(', ') || '–',
          },
        ]}
      />
    </Section>
  );
}
