import { useQuery } from '@tanstack/react-query';
import { getProjectLeverage } from '#contracts/partnership';
import { mayCall } from '../api/may';
import { read } from '../api/query';
import { useLanguage } from '../i18n/language';
import { useTexts } from '../i18n/texts';
import { useSession } from '../api/use-session';
import { OpenedNumber } from '../ui/opened-number';
import { Section } from '../ui/page';
import { Loaded } from '../ui/query-state';
import { Money } from '../ui/values';
import { projectTexts } from './texts';

/** How much finance the project brought for the cost of its expert: for those who see pay, as the cost follows from it. */
export function Leverage({ projectId }: { readonly projectId: string }) {
  const { roles } = useSession();
  if (!mayCall(getProjectLeverage, roles)) return null;
  return <Figure projectId={projectId} />;
}

function Figure({ projectId }: { readonly projectId: string }) {
  const { leverage: t } = useTexts(projectTexts);
  const language = useLanguage();
  const query = useQuery(read(getProjectLeverage, { projectId }));
  return (
    <Section title={t.title}>
      <Loaded query={query}>
        {({ ratio, gap, secured, expertCost, byYear }) => (
          <OpenedNumber
            label={t.label}
            value={ratio === null ? '–' : Number(ratio).toLocaleString(language, { minimumFractionDigits: 1 })}
            how={gap === null ? t.how : t.gaps[gap]}
            from={[
              { label: t.secured, value: <Money value={secured} /> },
              ...(expertCost ? [{ label: t.expertCost, value: <Money value={expertCost} /> }] : []),
              ...byYear.map(({ year, amount }) => ({ label: t.inYear(year), value: <Money value={amount} /> })),
            ]}
          />
        )}
      </Loaded>
    </Section>
  );
}
