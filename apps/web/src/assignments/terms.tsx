import { type CostInputs, costInputsOn, type CostTerms, changedTerms, localCurrencyOf } from '#contracts/finance';
import type { AssignmentView } from '#contracts/staffing';
import { type UiLanguage, useLanguage } from '../i18n/language';
import { useTexts } from '../i18n/texts';
import { useTermsText } from '../ui/cost-terms';
import { withoutBlanks } from '../ui/issues';
import { decimal } from '../ui/numbers';
import { Period } from '../ui/values';
import { CostFields } from './plan-fields';
import { blankInputs, withoutBlankMoney } from './plan-values';
import { assignmentTexts } from './texts';

type TermsChanges = AssignmentView['termsChanges'];

/** Later than any term. */
const END = '9999-12-31';

/** The field of the terms that may change: what holds last stands in it, and what differs from that is asked for. */
export function useTermsField({ costInputs, termsChanges, instrument }: AssignmentView) {
  const { acts } = useTexts(assignmentTexts);
  const language = useLanguage();
  const held = costInputs && costInputsOn(costInputs, known(termsChanges), END);
  return {
    label: acts.terms.label,
    initial: held ? asTyped({ ...blankInputs(instrument), ...held }, language) : {},
    render: () => (
      <fieldset key="terms" className="part">
        <legend>{acts.termsLegend}</legend>
        <CostFields instrument={instrument} of="terms" currency={currencyOf(held)} />
      </fieldset>
    ),
    sent: (values: unknown): CostTerms => (held ? termsIn(held, values) : {}),
  };
}

/** Another currency would be another contract. */
function currencyOf(held: CostInputs | null): string | undefined {
  return held ? localCurrencyOf(held) : undefined;
}

type Members = Readonly<Record<string, unknown>>;

/** Amounts as people write them in their language. */
function asTyped(inputs: Members, language: UiLanguage): Members {
  return language === 'en' ? inputs : withAmounts(inputs, (amount) => amount.replace('.', ','));
}

function withAmounts(values: Members, written: (amount: string) => unknown): Record<string, unknown> {
  const changed = (value: unknown): unknown =>
    typeof value === 'object' && value !== null && 'amount' in value
      ? { ...value, amount: written(String(value.amount)) }
      : value;
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, changed(value)]));
}

function termsIn(held: CostInputs, values: unknown): CostTerms {
  const { instrument: _, otherCosts: __, ...terms } = (withoutBlanks(values) ?? {}) as Members;
  const entered = withAmounts(withoutBlankMoney(terms), decimal) as CostTerms;
  const changed = changedTerms(held, entered).map((name) => [name, entered[name]] as const);
  return Object.fromEntries(changed);
}

/** What the fund granted; who may not see pay learns the days alone. */
export function ChangedTerms({ changes }: { readonly changes: TermsChanges }) {
  const { page } = useTexts(assignmentTexts);
  const textOf = useTermsText();
  return (
    <ul className="kern-list">
      {changes.map(({ from, terms }) => (
        <li key={from}>
          <Period value={{ from, to: null }} />: {terms ? textOf(terms) : page.termsHidden}
        </li>
      ))}
    </ul>
  );
}

function known(changes: TermsChanges): { from: string; terms: CostTerms }[] {
  return changes.flatMap(({ from, terms }) => (terms ? [{ from, terms }] : []));
}
