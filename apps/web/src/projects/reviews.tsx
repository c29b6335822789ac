import { useQuery } from '@tanstack/react-query';
import { listGateReviews } from '#contracts/partnership';
import { read } from '../api/query';
import { common } from '../i18n/common';
import { useTexts } from '../i18n/texts';
import { Section } from '../ui/page';
import { Loaded } from '../ui/query-state';
import { Instant } from '../ui/values';
import { projectTexts } from './texts';

/** The times that the project stood before a gate, and what reviewers said. */
export function Reviews({ projectId }: { readonly projectId: string }) {
  const { gate: t } = useTexts(projectTexts);
  const stages = useTexts(common).words.projectStage;
  const query = useQuery(read(listGateReviews, { projectId }));
  return (
    <Section title={t.reviews}>
      <Loaded query={query}>
        {({ items }) =>
          items.length === 0 ? (
            <p className="kern-body">{t.none}</p>
          ) : (
            <ol className="timeline">
              {items.map(({ id, stage, status, requestedBy, requestedAt, note, decisions }) => (
                <li key={id}>
                  <strong>
                    {stages[stage]}: {t.reviewStates[status]}
                  </strong>
                  {note !== null && <div className="kern-body">{note}</div>}
                  <small>
                    {t.by(requestedBy)}, <Instant value={requestedAt} />
                  </small>
                  <div>
                    {decisions.map((decision) => (
                      <div className="kern-body kern-body--small" key={decision.id}>
                        {t.verdicts[decision.verdict]} {t.by(decision.by)}
                        {decision.isVoid && ` (${t.isVoid})`}
                        {decision.note !== null && `: ${decision.note}`}
                      </div>
                    ))}
                  </div>
                </li>
              ))}
            </ol>
          )
        }
      </Loaded>
    </Section>
  );
}
