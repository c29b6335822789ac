import { z } from 'zod';
import { operation } from '../operation';
import { grant } from '../roles';
import {
  CountryCode,
  CurrencyCode,
  Id,
  Instant,
  Line,
  Version,
  csv,
  pageOf,
  pageQuery,
  MachineText,
  Written,
  Code,
} from '../values';
import { PayeeKind } from './cost-plan.operations';

/**
 * Structured postal address: banks take no unstructured ones since 16 November 2026 (docs/domain.md#bank-formats). Lengths:
 * pain.001.001.09.
 */
export const PostalAddress = z
  .strictObject({
    street: Line(70).optional(),
    buildingNumber: Line(16).optional(),
    postCode: Line(16).optional(),
    town: Line(35),
    country: CountryCode,
  })
  .meta({ id: 'PostalAddress' });
export type PostalAddress = z.infer<typeof PostalAddress>;

const held = {
  holder: Line(70),
  currency: CurrencyCode.default('EUR'),
};
/** An account with IBAN, or another account number with the BIC of its bank. */
export const BankAccount = z
  .union([
    z.strictObject({ iban: MachineText(42).min(15), bic: MachineText(11).optional(), ...held }),
    z.strictObject({ accountNumber: Code(34, /^[0-9A-Za-z-]{1,34}$/), bic: MachineText(11), ...held }),
  ])
  .meta({ id: 'BankAccount' });
export type BankAccount = z.infer<typeof BankAccount>;

export const PaymentType = z.enum(['SEPA', 'FOREIGN']).meta({
  id: 'PaymentType',
  description: 'SEPA: EUR to an IBAN of a country inside SEPA on the day. FOREIGN: any other account (order type AXZ).',
});
export type PaymentType = z.infer<typeof PaymentType>;

export const PayeeView = z
  .strictObject({
    id: Id,
    version: Version,
    kind: PayeeKind,
    expertId: Id.nullable(),
    municipalityId: Id.nullable(),
    name: Written(70),
    address: PostalAddress,
    bankAccount: z.strictObject({
      iban: Written(42).nullable(),
      accountNumber: Written(34).nullable(),
      bic: Written(11).nullable(),
      holder: Written(70),
      currency: CurrencyCode,
    }),
    paymentType: PaymentType,
    createdAt: Instant,
  })
  .meta({ id: 'PayeeView' });
export type PayeeView = z.infer<typeof PayeeView>;

export const createPayee = operation({
  subject: 'rpc.finance.payee.create',
  http: { method: 'POST', path: '/payees', success: 201, location: '/payees/{id}', putById: true },
  summary: 'Register a payee with address and bank account',
  description:
    'Top-ups and allowances go to the EXPERT, the instalments of a local expert to the MUNICIPALITY, never to the person (docs/domain.md#instruments). IBAN and BIC are checked. Payouts that waited for this payee become due.',
  request: z.strictObject({
    id: Id.optional(),
    kind: PayeeKind,
    expertId: Id.optional(),
    municipalityId: Id.optional(),
    name: Line(70),
    address: PostalAddress,
    bankAccount: BankAccount,
  }),
  reply: PayeeView,
  errors: [
    'FINANCE_PAYEE_OWNER_MISMATCH',
    'FINANCE_PAYEE_MUNICIPALITY_UNKNOWN',
    'FINANCE_PAYEE_EXISTS',
    'FINANCE_IBAN_INVALID',
    'FINANCE_BIC_INVALID',
    'FINANCE_BIC_MISSING',
    'FINANCE_ACCOUNT_NUMBER_IS_IBAN',
    'FINANCE_PAYEE_TEXT_NOT_PAYABLE',
    'PLATFORM_RESOURCE_EXISTS',
  ],
  allow: grant('any', 'finance-officer'),
  idempotency: 'required',
});

const PAYEE_READERS = {
  ...grant('any', 'finance-officer', 'payment-orderer', 'cashier', 'auditor'),
  ...grant('own', 'municipality-partner', 'expert'),
};

export const getPayee = operation({
  subject: 'rpc.finance.payee.get',
  http: { method: 'GET', path: '/payees/{payeeId}' },
  summary: 'Read a payee',
  request: z.strictObject({ payeeId: Id }),
  reply: PayeeView,
  allow: PAYEE_READERS,
});

export const listPayees = operation({
  subject: 'rpc.finance.payee.list',
  http: { method: 'GET', path: '/payees' },
  summary: 'List payees by name',
  request: z.strictObject({
    kind: csv(PayeeKind).optional(),
    expertId: Id.optional(),
    municipalityId: Id.optional(),
    ...pageQuery,
  }),
  reply: pageOf(PayeeView),
  allow: PAYEE_READERS,
});
