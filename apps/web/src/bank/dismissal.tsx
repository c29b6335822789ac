import type { ReactNode } from 'react';
import {
  type BankEntryDismissalView,
  confirmBankEntryDismissal,
  listBankEntryDismissalActions,
  rejectBankEntryDismissal,
  revokeBankEntryDismissal,
} from '#contracts/finance';
import { instantText, moneyText } from '../i18n/format';
import { useLanguage } from '../i18n/language';
import { useTexts } from '../i18n/texts';
import { act } from '../ui/act';
import { Acts } from '../ui/acts';
import { type Fact, Facts } from '../ui/facts';
import { StatusTag } from '../ui/status-tag';
import { Money } from '../ui/values';
import { bankTexts } from './texts';
import { DISMISSAL_TONES } from './tones';

interface DismissalProps {
  readonly dismissal: BankEntryDismissalView;
  readonly children?: ReactNode;
}

/** One dismissal with everybody's reasons, and what can be done with it. */
export function Dismissal({ dismissal, children }: DismissalProps) {
  const { dismissal: t } = useTexts(bankTexts);
  const language = useLanguage();
  const { status, category, amount, proposal, decision, revocation } = dismissal;
  const said = (label: string, by: BankEntryDismissalView['decision']): Fact[] =>
    by ? [{ label, value: `${by.reason} (${by.by}, ${instantText(by.at, language)})` }] : [];
  return (
    <div className="panel">
      <div className="panel__head">
        <strong>{t.categories[category]}</strong>
        <StatusTag tone={DISMISSAL_TONES[status]}>{t.statuses[status]}</StatusTag>
      </div>
      <Facts
        facts={[
          { label: t.amount, value: <Money value={amount} /> },
          ...said(t.proposed, proposal),
          ...said(t.decided, decision),
          ...said(t.revoked, revocation),
        ]}
      />
      {children}
      <DismissalActs dismissal={dismissal} />
    </div>
  );
}

function DismissalActs({ dismissal: { id, version, status, amount } }: { readonly dismissal: BankEntryDismissalView }) {
  const { dismissal: t } = useTexts(bankTexts);
  const sum = moneyText(amount, useLanguage());
  const fixed = { dismissalId: id };
  const fields = { reason: { label: t.reason, rows: 3 } };
  return (
    <Acts
      of={listBankEntryDismissalActions}
      id={fixed}
      version={version}
      seen={{ [t.status]: t.statuses[status], [t.amount]: sum }}
      acts={[
        act({ operation: confirmBankEntryDismissal, isNext: true, ...t.confirm, fixed, fields }),
        act({ operation: rejectBankEntryDismissal, ...t.reject, fixed, fields }),
        act({ operation: revokeBankEntryDismissal, ...t.revoke, fixed, fields }),
      ]}
    />
  );
}
