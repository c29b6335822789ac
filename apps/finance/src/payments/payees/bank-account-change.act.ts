import { listBankAccountChangeActions } from '#contracts/finance';
import { actsOn } from '#messaging';
import { BankAccountChange } from './bank-account-change.entity';

export const act = actsOn({
  entity: BankAccountChange,
  actions: listBankAccountChangeActions,
  belongs: (change, { payeeId }) => change.payeeId === payeeId,
});
