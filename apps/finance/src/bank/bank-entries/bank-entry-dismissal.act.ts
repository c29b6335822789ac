import { listBankEntryDismissalActions } from '#contracts/finance';
import { actsOn } from '#messaging';
import { BankEntryDismissal } from './bank-entry-dismissal.entity';

export const act = actsOn({ entity: BankEntryDismissal, actions: listBankEntryDismissalActions });
