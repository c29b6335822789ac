import {
  blockPayout,
  cancelPayout,
  checkPayoutArithmetically,
  checkPayoutFactually,
  giveBackPayout,
  listPayoutActions,
  orderPayout,
  type PayoutView,
  reissuePayout,
  releasePayout,
} from '#contracts/finance';
import { common } from '../i18n/common';
import { moneyText } from '../i18n/format';
import { useLanguage } from '../i18n/language';
import { useTexts } from '../i18n/texts';
import { act } from '../ui/act';
import { Acts } from '../ui/acts';
import { moneyTexts, officeTexts } from './texts';

/** The four acts and what stops or undoes them. */
export function PayoutActs({ payout: { id, version, status, amount, blocked } }: { readonly payout: PayoutView }) {
  const { payouts, payout: t, blocks } = useTexts(moneyTexts);
  const { acts } = useTexts(officeTexts);
  const { words } = useTexts(common);
  const sum = moneyTextOr(amount, useLanguage());
  const fixed = { payoutId: id };
  const reason = { reason: { label: acts.reason, rows: 3 } };
  const isNext = true;
  return (
    <Acts
      of={listPayoutActions}
      id={fixed}
      version={version}
      seen={{
        [payouts.status]: words.payoutStatus[status],
        [t.amount]: sum,
        [t.blocked]: blocked ? blocks[blocked] : '–',
      }}
      acts={[
        act({ operation: checkPayoutFactually, isNext, ...acts.factual, fixed, fields: {} }),
        act({ operation: checkPayoutArithmetically, isNext, ...acts.arithmetical, fixed, fields: {} }),
        act({ operation: orderPayout, isNext, ...acts.order, ask: acts.order.ask(sum), fixed, fields: {} }),
        act({ operation: reissuePayout, isNext, ...acts.reissue, fixed, fields: {} }),
        act({ operation: giveBackPayout, ...acts.giveBack, fixed, fields: {} }),
        act({ operation: releasePayout, ...acts.release, fixed, fields: reason }),
        act({ operation: blockPayout, ...acts.block, fixed, fields: reason }),
        act({ operation: cancelPayout, ...acts.cancel, fixed, fields: reason }),
      ]}
    />
  );
}

function moneyTextOr(amount: PayoutView['amount'] | null, language: Parameters<typeof moneyText>[1]): string {
  return amount ? moneyText(amount, language) : '–';
}
