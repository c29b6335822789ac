import type { ProjectGateView } from '#contracts/partnership';
import { dayText, localized } from '../i18n/format';
import { useLanguage } from '../i18n/language';
import { common } from '../i18n/common';
import { useTexts } from '../i18n/texts';
import { Section } from '../ui/page';
import { StatusTag } from '../ui/status-tag';
import { Table } from '../ui/table';
import { projectTexts } from './texts';

type Item = ProjectGateView['items'][number];

/** The checklist before the next stage: what must be there, what is, and what proves it. */
export function Gate({ gate }: { readonly gate: ProjectGateView }) {
  const { gate: t } = useTexts(projectTexts);
  const stages = useTexts(common).words.projectStage;
  const language = useLanguage();
  const { next, items, missing, evidence, ruleFrom, source } = gate;
  return (
    <Section title={t.title}>
      <p className="kern-body">{next === null ? t.last : t.lead(stages[next])}</p>
      <p className="kern-body">
        <strong>{t.missingCount(missing.length)}</strong>
      </p>
      <Table
        caption={t.title}
        rows={items}
        keyOf={({ item }) => item}
        columns={[
          { title: t.item, isHeading: true, cell: ({ title }) => localized(title, language) },
          { title: t.requirement, cell: ({ requirement }) => t.requirements[requirement] },
          {
            title: t.state,
            cell: (item) => (
              <Proof
                item={item}
                titles={evidence.filter((each) => each.item === item.item).map(({ title }) => title)}
              />
            ),
          },
        ]}
      />
      <p className="kern-body kern-body--small">{t.rule(dayText(ruleFrom, language), source)}</p>
    </Section>
  );
}

function Proof({ item, titles }: { readonly item: Item; readonly titles: readonly string[] }) {
  const { gate: t } = useTexts(projectTexts);
  const { isMet, requirement, proof } = item;
  const tone = isMet ? 'success' : requirement === 'MUST' ? 'warning' : 'neutral';
  return (
    <div>
      <StatusTag tone={tone}>{isMet ? t.met : t.missing}</StatusTag>
      {titles.length > 0 && <div className="kern-body kern-body--small">{titles.join('; ')}</div>}
      {proof === 'FIGURES' && <div className="kern-body kern-body--small">{t.figures}</div>}
      {proof === 'CONDITION' && <div className="kern-body kern-body--small">{t.condition}</div>}
    </div>
  );
}
