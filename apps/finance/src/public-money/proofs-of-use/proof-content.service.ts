import { Injectable } from '@nestjs/common';
import { AppError, type FieldError, type RequestOf, toMinor, toMoney } from '#contracts';
import type { ProofReceipt, submitProofOfUse } from '#contracts/finance';
import type { Tx } from '#database';
import { DocumentStore } from '#documents';
import type { Call } from '#platform';
import { eurMinorOf } from '../../commitments/exchange-rates/conversion';
import { ExchangeRateRecordService } from '../../commitments/exchange-rates/exchange-rate-record.service';
import { findFund, type Fund } from '../../budget/funds/fund.reader';
import { readPublicMoneyRules } from '../public-money-rules/public-money-rules.reader';
import { checkProof, isWithinTolerance, type ProofLine } from './proof-check';
import type { ProofOfUse, Submission } from './proof-of-use.entity';
import type { ReceiptRow } from './proof-of-use.rows';

type Request = RequestOf<typeof submitProofOfUse>;

/** Takes what was submitted apart: refuses what cannot stand as a proof, lists what a person has to judge. */
@Injectable()
export class ProofContentService {
  constructor(
    private readonly rates: ExchangeRateRecordService,
    private readonly documents: DocumentStore,
  ) {}

  /** Writes the receipts in the caller's transaction and answers the submission for the entity. */
  async take(
    tx: Tx,
    proof: ProofOfUse,
    { request, call, at, today }: { request: Request; call: Call; at: Date; today: string },
  ): Promise<Submission> {
    const fund = await findFund(tx, proof.fundId);
    const lines = linesOf(proof, fund, request);
    const receipts = await this.receiptsOf(tx, request.receipts);
    const rules = (await readPublicMoneyRules(tx, proof.ruleSet)).inForceOn(proof.periodFrom);
    assertExplained(rules.value('plan-tolerance'), lines);
    assertInPeriod(proof, receipts);
    assertAddUp(lines, receipts);
    await this.useDocuments(tx, proof, receipts, call);
    await writeReceipts(tx, proof.id, receipts);
    const ownShareActualMinor = request.ownShareActual ? fund.minorOf(request.ownShareActual) : 0n;
    const checks = checkProof({
      rules,
      dueOn: proof.dueOn,
      submittedOn: today,
      lines,
      ownShare: { plannedMinor: proof.ownSharePlannedMinor, actualMinor: ownShareActualMinor },
      receipts,
      inventoriedReceipts: new Set(request.inventory.map(({ receiptNumber }) => receiptNumber)),
    });
    const views = lines.map(({ category, plannedMinor, actualMinor, explanation }) => ({
      category,
      planned: toMoney(plannedMinor, proof.currency),
      actual: toMoney(actualMinor, proof.currency),
      explanation,
    }));
    const { narrative, inventory } = request;
    return { by: call.caller.subject, at, narrative, lines: views, ownShareActualMinor, inventory, checks };
  }

  /** The scan of a receipt is the one whose sha256 the receipt states. */
  private async useDocuments(tx: Tx, proof: ProofOfUse, receipts: readonly ReceiptRow[], call: Call): Promise<void> {
    for (const [index, { documentId, sha256 }] of receipts.entries()) {
      if (documentId === null) continue;
      const document = await this.documents.use(tx, documentId, `proof-of-use ${proof.id}`, call);
      if (document.sha256 !== sha256) {
        throw refusal('FINANCE_PROOF_RECEIPT_DOCUMENT_MISMATCH', [[`#/receipts/${index}/sha256`, document.sha256]]);
      }
    }
  }

  private async receiptsOf(tx: Tx, receipts: readonly ProofReceipt[]): Promise<ReceiptRow[]> {
    const ids = receipts.flatMap(({ exchangeRateId }) => exchangeRateId ?? []);
    const rates = await this.rates.findAll(tx, ids);
    return receipts.map((receipt, index) => {
      const { exchangeRateId, documentId, amount, ...facts } = receipt;
      const money = toMinor(amount);
      const rate = exchangeRateId === undefined ? undefined : rates.get(exchangeRateId);
      const fits = amount.currency === 'EUR' ? exchangeRateId === undefined : rate?.currency === amount.currency;
      if (!fits) {
        throw refusal('FINANCE_PROOF_RECEIPT_RATE_INVALID', [[`#/receipts/${index}/exchangeRateId`, amount.currency]]);
      }
      const amountEurMinor = rate ? eurMinorOf(money, rate.rate) : money.amountMinor;
      return {
        ...facts,
        ...money,
        exchangeRateId: exchangeRateId ?? null,
        amountEurMinor,
        documentId: documentId ?? null,
      };
    });
  }
}

/** The planned lines with their actual amounts; every category once, and no other. */
function linesOf(proof: ProofOfUse, fund: Fund, { actual }: Request): ProofLine[] {
  const stated = new Map(actual.map((line) => [line.category, line]));
  const isComplete = stated.size === actual.length && stated.size === proof.lines.length;
  return proof.lines.map(({ category, planned }) => {
    const line = stated.get(category);
    if (!isComplete || line === undefined || line.actual.amount.startsWith('-')) {
      throw refusal('FINANCE_PROOF_ACTUAL_INVALID', [['#/actual', category]]);
    }
    return {
      category,
      plannedMinor: fund.minorOf(planned),
      actualMinor: fund.minorOf(line.actual),
      explanation: line.explanation ?? null,
    };
  });
}

function assertExplained(tolerance: number, lines: readonly ProofLine[]): void {
  const unexplained = lines.filter((line) => line.explanation === null && !isWithinTolerance(line, tolerance));
  if (unexplained.length > 0) {
    const faults = unexplained.map(({ category }): [string, string] => ['#/actual', category]);
    throw refusal('FINANCE_PROOF_EXPLANATION_MISSING', faults);
  }
}

function assertInPeriod({ periodFrom, periodTo }: ProofOfUse, receipts: readonly ReceiptRow[]): void {
  const outside = receipts.flatMap(({ paidOn }, index): [string, string][] =>
    paidOn < periodFrom || paidOn >= periodTo ? [[`#/receipts/${index}/paidOn`, paidOn]] : [],
  );
  if (outside.length > 0) throw refusal('FINANCE_PROOF_RECEIPT_OUTSIDE_PERIOD', outside);
}

function assertAddUp(lines: readonly ProofLine[], receipts: readonly ReceiptRow[]): void {
  const planned = new Set(lines.map(({ category }) => category));
  const wrong = lines.filter(({ category, actualMinor }) => totalOf(receipts, category) !== actualMinor);
  const foreign = receipts.filter(({ category }) => !planned.has(category));
  if (wrong.length + foreign.length > 0) {
    const faults = [...wrong, ...foreign].map(({ category }): [string, string] => ['#/receipts', category]);
    throw refusal('FINANCE_PROOF_RECEIPTS_MISMATCH', faults);
  }
}

function totalOf(receipts: readonly ReceiptRow[], category: string): bigint {
  return receipts
    .filter((receipt) => receipt.category === category)
    .reduce((total, { amountEurMinor }) => total + amountEurMinor, 0n);
}

async function writeReceipts(tx: Tx, proofOfUseId: string, receipts: readonly ReceiptRow[]): Promise<void> {
  await tx.query(
    `INSERT INTO proof_receipt (proof_of_use_id, position, number, sha256, payee, category, paid_on, amount_minor, currency,
       exchange_rate_id, amount_eur_minor, document_id)
     SELECT $1, row_number() OVER (), * FROM unnest($2::text[], $3::text[], $4::text[], $5::text[], $6::date[], $7::bigint[],
       $8::text[], $9::uuid[], $10::bigint[], $11::uuid[])`,
    [
      proofOfUseId,
      receipts.map((it) => it.number),
      receipts.map((it) => it.sha256),
      receipts.map((it) => it.payee),
      receipts.map((it) => it.category),
      receipts.map((it) => it.paidOn),
      receipts.map((it) => it.amountMinor.toString()),
      receipts.map((it) => it.currency),
      receipts.map((it) => it.exchangeRateId),
      receipts.map((it) => it.amountEurMinor.toString()),
      receipts.map((it) => it.documentId),
    ],
  );
}

function refusal(code: ConstructorParameters<typeof AppError>[0], faults: readonly [string, string][]): AppError {
  const errors: FieldError[] = faults.map(([pointer, detail]) => ({ pointer, code, detail }));
  return new AppError(code, undefined, { errors });
}
