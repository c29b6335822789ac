import { Ledger1764200001000 } from './0001-ledger';
import { Commitments1764200002000 } from './0002-commitments';
import { Payouts1764200003000 } from './0003-payouts';
import { Replanning1764200010000 } from './0010-replanning';
import { PaymentControls1764200020000 } from './0020-payment-controls';
import { BankAccountChanges1764200021000 } from './0021-bank-account-changes';
import { Sanctions1764200022000 } from './0022-sanctions';
import { BankLoop1764200030000 } from './0030-bank-loop';
import { PayoutFeed1764200040000 } from './0040-payout-feed';
import { Webhooks1764200041000 } from './0041-webhooks';
import { PublicMoney1764200050000 } from './0050-public-money';
import { PaymentRunCancellation1764200060000 } from './0060-payment-run-cancellation';
import { ProofGate1764200061000 } from './0061-proof-gate';
import { BankEntryDismissals1764200065000 } from './0065-bank-entry-dismissals';
import { Uploads1764200066000 } from './0066-uploads';
import { AppendOnly1764200070000 } from './0070-append-only';
import { PlaceOfSpending1764200071000 } from './0071-place-of-spending';
import { ClaimPayments1764200072000 } from './0072-claim-payments';
import { BaseRateCorrections1764200073000 } from './0073-base-rate-corrections';
import { CancelledInstalments1764200080000 } from './0080-cancelled-instalments';
import { UncoveredChanges1764200081000 } from './0081-uncovered-changes';
import { JournalPersons1764200085000 } from './0085-journal-persons';
import { ScreeningByOthers1764200090000 } from './0090-screening-by-others';
import { ConsumersOfTheirOwn1764200091000 } from './0091-consumers-of-their-own';
import { ListOrders1764200095000 } from './0095-list-orders';
import { ShareOfFullTime1764200100000 } from './0100-share-of-full-time';
import { CaseNumbers1764200101000 } from './0101-case-numbers';
import { WorkLists1764200102000 } from './0102-work-lists';
import { BankReadings1764200110000 } from './0110-bank-readings';
import { BankFileBytes1764200111000 } from './0111-bank-file-bytes';
import { TakenBackMatches1764200115000 } from './0115-taken-back-matches';
import { PaymentAnswers1764200116000 } from './0116-payment-answers';
import { RequestedExecutionDays1764200125000 } from './0125-requested-execution-days';
import { ExchangeRateProposals1764200126000 } from './0126-exchange-rate-proposals';
import { AuditedMatches1764200130000 } from './0130-audited-matches';
import { RunReinstatements1764200140000 } from './0140-run-reinstatements';
import { UnorderedPayments1764200141000 } from './0141-unordered-payments';
import { ReturnsInParts1764200142000 } from './0142-returns-in-parts';
import { PayeesOfAnswers1764200143000 } from './0143-payees-of-answers';
import { ReceiptDocuments1764200145000 } from './0145-receipt-documents';
import { SupplierInvoices1764200146000 } from './0146-supplier-invoices';
import { EventCosts1764200147000 } from './0147-event-costs';
import { ChangedTerms1764200150000 } from './0150-changed-terms';
import { BaseRatesOf20261764200151000 } from './0151-base-rates-of-2026';
import { BudgetChanges1764200155000 } from './0155-budget-changes';
import { ClaimInterest1764200156000 } from './0156-claim-interest';
import { AuditFolders1764200160000 } from './0160-audit-folders';
import { DaysOfOrders1764200170000 } from './0170-days-of-orders';
import { BankReceipts1764200171000 } from './0171-bank-receipts';
import { TravelClaims1764200175000 } from './0175-travel-claims';
import { TravelClaimsKept1764200176000 } from './0176-travel-claims-kept';
import { Waiting1764200180000 } from './0180-waiting';
import { LocalCurrencies1764200190000 } from './0190-local-currencies';
import { Transfers1764200195000 } from './0195-transfers';

/** In the order of their numbers, after the tables of the messaging library. What has run anywhere is never changed. */
export const migrations = [
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
  ListOrders1764200095000,
  ShareOfFullTime1764200100000,
  CaseNumbers1764200101000,
  WorkLists1764200102000,
  BankReadings1764200110000,
  BankFileBytes1764200111000,
  TakenBackMatches1764200115000,
  PaymentAnswers1764200116000,
  RequestedExecutionDays1764200125000,
  ExchangeRateProposals1764200126000,
  AuditedMatches1764200130000,
  RunReinstatements1764200140000,
  UnorderedPayments1764200141000,
  ReturnsInParts1764200142000,
  PayeesOfAnswers1764200143000,
  ReceiptDocuments1764200145000,
  SupplierInvoices1764200146000,
  EventCosts1764200147000,
  ChangedTerms1764200150000,
  BaseRatesOf20261764200151000,
  BudgetChanges1764200155000,
  ClaimInterest1764200156000,
  AuditFolders1764200160000,
  DaysOfOrders1764200170000,
  BankReceipts1764200171000,
  TravelClaims1764200175000,
  TravelClaimsKept1764200176000,
  Waiting1764200180000,
  LocalCurrencies1764200190000,
  Transfers1764200195000,
];
