import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import {
  BUDGET_CHANGE_KINDS,
  closeBudgetYear,
  type FundView,
  type JournalEntryView,
  listFundActions,
  listFundJournal,
  openBudgetYear,
  proposeBudgetChange,
  releaseBudget,
  reverseRelease,
  runDue,
} from '#contracts/finance';
import { mayCall } from '../../api/may';
import { read } from '../../api/query';
import { useSession } from '../../api/use-session';
import { dayText, moneyText } from '../../i18n/format';
import { useLanguage } from '../../i18n/language';
import { useTexts } from '../../i18n/texts';
import { type Act, act } from '../../ui/act';
import { Acts } from '../../ui/acts';
import { Button } from '../../ui/button';
import type { FieldDeclaration } from '../../ui/generated-fields';
import type { Choices } from '../../ui/inputs';
import { RunDue } from './run-due';
import { fundTexts } from './texts';

const STEPS = { CLOSING: 'closing', CLOSED: 'closed' } as const;

/** Plan and release of the years, their close, and the taking over of what falls due. */
export function FundActs({ fund }: { readonly fund: FundView }) {
  const { acts: t, cockpit } = useTexts(fundTexts);
  const { roles } = useSession();
  const language = useLanguage();
  const [isDue, setDue] = useState(false);
  const { id, version, currency, budgetYears } = fund;
  const fixed = { fundId: id };
  const years = budgetYears
    .filter(({ status }) => status !== 'CLOSED')
    .map(({ year }) => ({ value: String(year), label: String(year) }));
  const seen = Object.fromEntries(
    budgetYears.map(({ year, plan, released, status }) => [
      String(year),
      `${cockpit.plan} ${moneyText(plan, language)}, ${cockpit.released} ${moneyText(released, language)}, ${cockpit.yearStatus[status]}`,
    ]),
  );
  const steps = (['CLOSING', 'CLOSED'] as const).map((value) => ({ value, label: t[STEPS[value]] }));
  const asNumber = (value: unknown) => Number(value);
  const year = { label: t.year, choices: years, sent: asNumber };
  const change = useBudgetChange(fund, year);
  const reversible = useReversible(fund);
  return (
    <>
      <Acts
        of={listFundActions}
        id={fixed}
        version={version}
        seen={seen}
        acts={[
          act({
            operation: releaseBudget,
            isNext: budgetYears.length > 0,
            ...t.release,
            fixed,
            fields: { year, amount: { label: t.amount, currency } },
          }),
          act({
            operation: openBudgetYear,
            isNext: budgetYears.length === 0,
            ...t.open,
            fixed,
            fields: {
              year: { label: t.year },
              plan: { label: t.plan, hint: t.planHint, currency },
              isProvisional: { label: t.provisional, hint: t.provisionalHint },
            },
          }),
          change,
          act({
            operation: closeBudgetYear,
            ...t.close,
            fixed,
            fields: {
              year,
              to: {
                label: t.to,
                choices: steps,
              },
              carryOver: { label: t.carryOver, currency },
              reason: { label: t.reason, rows: 3 },
            },
          }),
          act({
            operation: reverseRelease,
            ...t.reverse,
            fixed,
            fields: { journalEntryId: { label: t.entry, choices: reversible }, reason: { label: t.reason, rows: 3 } },
          }),
        ]}
      />
      {mayCall(runDue, roles) && (
        <div className="buttons">
          <Button onClick={() => setDue(true)}>{t.due.label}</Button>
        </div>
      )}
      {isDue && <RunDue fundId={id} onClose={() => setDue(false)} />}
    </>
  );
}

/** A supplement, a cut or a block of a year: what another person will confirm. */
function useBudgetChange({ id, currency }: FundView, year: FieldDeclaration): Act {
  const { acts: t, changes } = useTexts(fundTexts);
  return act({
    operation: proposeBudgetChange,
    ...t.change,
    fixed: { fundId: id },
    fields: {
      kind: {
        label: t.changeKind,
        choices: BUDGET_CHANGE_KINDS.map((kind) => ({ value: kind, label: changes.kinds[kind] })),
      },
      year,
      amount: { label: t.amount, hint: t.changeAmountHint, currency },
      reason: { label: t.reason, rows: 3 },
    },
  });
}

const RELEASES_MAX = 200;

/** Releases that were not taken back, the newest first. */
function useReversible({ id }: FundView): Choices {
  const language = useLanguage();
  const { roles } = useSession();
  const { data } = useQuery({
    ...read(listFundJournal, { fundId: id, kind: 'BUDGET_RELEASED,RELEASE_REVERSED', limit: RELEASES_MAX }),
    enabled: mayCall(reverseRelease, roles),
  });
  const entries = data?.items ?? [];
  const reversed = new Set(entries.map(({ reverses }) => reverses?.entryId));
  return entries
    .filter((entry) => entry.kind === 'BUDGET_RELEASED' && !reversed.has(entry.id))
    .map((entry) => ({ value: entry.id, label: releaseText(entry, language) }));
}

function releaseText({ effectiveOn, lines }: JournalEntryView, language: ReturnType<typeof useLanguage>): string {
  const given = lines.find(({ stage }) => stage === 'available');
  return given
    ? `${dayText(effectiveOn, language)}: ${moneyText(given.amount, language)}, ${given.year}`
    : dayText(effectiveOn, language);
}
