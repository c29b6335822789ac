import type { AssignmentView } from '#contracts/staffing';
import { useTexts } from '../i18n/texts';
import { Section } from '../ui/page';
import { Instant } from '../ui/values';
import { assignmentTexts } from './texts';

/** What officers wrote to their acts; towns and experts do not get it. */
export function Notes({ assignment: { notes } }: { readonly assignment: AssignmentView }) {
  const { page: t } = useTexts(assignmentTexts);
  if (notes === null || notes.length === 0) return null;
  return (
    <Section title={t.notes}>
      <ol className="timeline">
        {notes.map(({ act, text, by, at }) => (
          <li key={`${act}${at}`}>
            <strong>{t.noteActs[act]}</strong>
            <p className="kern-body written">{text}</p>
            <small>
              {by}, <Instant value={at} />
            </small>
          </li>
        ))}
      </ol>
    </Section>
  );
}
