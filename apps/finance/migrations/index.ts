import { messagingMigrations } from '#messaging';
import { Ledger1764200001000 } from './1-ledger';
import { Commitments1764200002000 } from './2-commitments';
import { Payouts1764200003000 } from './3-payouts';
import { Replanning1764200010000 } from './10-replanning';
import { PaymentControls1764200020000 } from './20-payment-controls';
import { BankAccountChanges1764200021000 } from './21-bank-account-changes';
import { Sanctions1764200022000 } from './22-sanctions';
import { BankLoop1764200030000 } from './30-bank-loop';
import { PayoutFeed1764200040000 } from './40-payout-feed';
import { PublicMoney1764200050000 } from './50-public-money';
import { PaymentRunCancellation1764200060000 } from './60-payment-run-cancellation';
import { ProofGate1764200061000 } from './61-proof-gate';
import { Webhooks1764200041000 } from './41-webhooks';
import { BankEntryDismissals1764200065000 } from './65-bank-entry-dismissals';
import { Uploads1764200066000 } from './66-uploads';
import { AppendOnly1764200070000 } from './70-append-only';
import { PlaceOfSpending1764200071000 } from './71-place-of-spending';
import { ClaimPayments1764200072000 } from './72-claim-payments';
import { BaseRateCorrections1764200073000 } from './73-base-rate-corrections';
import { CancelledInstalments1764200080000 } from './80-cancelled-instalments';
import { UncoveredChanges1764200081000 } from './81-uncovered-changes';
import { JournalPersons1764200085000 } from './85-journal-persons';
import { ScreeningByOthers1764200090000 } from './90-screening-by-others';
import { ConsumersOfTheirOwn1764200091000 } from './91-consumers-of-their-own';

/** Every migration of the finance schema, oldest first. */
export const financeMigrations = [
  ...messagingMigrations,
  Ledger1764200001000,
  Commitments1764200002000,
  Payouts1764200003000,
  Replanning1764200010000,
  PaymentControls1764200020000,
  BankAccountChanges1764200021000,
  Sanctions1764200022000,
  BankLoop1764200030000,
  PayoutFeed1764200040000,
  Webhooks1764200041000,
  PublicMoney1764200050000,
  PaymentRunCancellation1764200060000,
  ProofGate1764200061000,
  BankEntryDismissals1764200065000,
  Uploads1764200066000,
  AppendOnly1764200070000,
  PlaceOfSpending1764200071000,
  ClaimPayments1764200072000,
  BaseRateCorrections1764200073000,
  CancelledInstalments1764200080000,
  UncoveredChanges1764200081000,
  JournalPersons1764200085000,
  ScreeningByOthers1764200090000,
  ConsumersOfTheirOwn1764200091000,
];
