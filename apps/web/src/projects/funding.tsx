import type { ProjectView } from '#contracts/partnership';
import { useTexts } from '../i18n/texts';
import { Section } from '../ui/page';
import { StatusTag } from '../ui/status-tag';
import { Table } from '../ui/table';
import { Day, Money } from '../ui/values';
import { projectTexts } from './texts';
import { FUNDING_TONES } from './tones';

export function Funding({ project: { fundingSources } }: { readonly project: ProjectView }) {
  const { funding: t } = useTexts(projectTexts);
  return (
    <Section title={t.title}>
      {fundingSources.length === 0 ? (
        <p className="kern-body">{t.empty}</p>
      ) : (
        <Table
          caption={t.title}
          rows={fundingSources}
          keyOf={({ id }) => id}
          columns={[
            { title: t.financier, isHeading: true, cell: ({ financier }) => financier },
            { title: t.kind, cell: ({ kind }) => t.kinds[kind] },
            { title: t.amount, isNumeric: true, cell: ({ amount }) => <Money value={amount} /> },
            {
              title: t.status,
              cell: ({ status, signedOn }) => (
                <div>
                  <StatusTag tone={FUNDING_TONES[status]}>{t.states[status]}</StatusTag>
                  {signedOn !== null && (
                    <div>
                      <Day value={signedOn} />
                    </div>
                  )}
                </div>
              ),
            },
          ]}
        />
      )}
    </Section>
  );
}
