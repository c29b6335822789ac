import type { ProofCheck } from '#contracts/finance';
import { useTexts } from '../../i18n/texts';
import { Section } from '../../ui/page';
import { StatusTag } from '../../ui/status-tag';
import { fundsTexts } from '../texts';
import { DueRule } from './due-rule';
import { proofTexts } from './texts';
import { VERDICT_TONES } from './tones';

/** What the platform checked of a proof by itself; each opens to its figures and its rule. */
export function Checks({ checks }: { readonly checks: readonly ProofCheck[] }) {
  const { page: t, checks: names, verdicts } = useTexts(proofTexts);
  const { categories, rule } = useTexts(fundsTexts);
  return (
    <Section title={t.checks}>
      <div>
        {checks.map(({ check, verdict, category, detail, ruleId }) => (
          <details className="rule" key={`${check}${category}`}>
            <summary>
              <span>{category ? `${names[check]}: ${categories[category]}` : names[check]}</span>
              <StatusTag tone={VERDICT_TONES[verdict]}>{verdicts[verdict]}</StatusTag>
            </summary>
            <div className="rule__inside">
              <p className="kern-body">{detail}</p>
              {ruleId !== null && <DueRule name={ruleId} title={rule} />}
            </div>
          </details>
        ))}
      </div>
    </Section>
  );
}
