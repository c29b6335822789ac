import { formatMinor, toMinor } from '#contracts';
import type { ClaimGround, ClaimView, FundView } from '#contracts/finance';
import { PDF_WIDTH, TaggedPdf } from '../../files/pdf/tagged-pdf';
import type { RepaymentClaim } from './repayment-claim.entity';
import type { InterestDemand } from './repayment-claim.rows';

/** What a debtor is asked for, on a day. */
export interface ClaimLetter {
  readonly claim: Pick<
    RepaymentClaim,
    | 'caseNumber'
    | 'debtorName'
    | 'ground'
    | 'reason'
    | 'currency'
    | 'amountMinor'
    | 'paidMinor'
    | 'waivedMinor'
    | 'openMinor'
    | 'openInterestMinor'
    | 'interestFrom'
    | 'decidedOn'
    | 'decisionReference'
    | 'dueOn'
    | 'instalments'
    | 'status'
  >;
  /** The latest demand of interest; undefined where none was demanded. */
  readonly interestDemand: InterestDemand | undefined;
  /** Percentage points above the base rate, as the rule set of the claim says. */
  readonly interestPoints: string;
  readonly fund: Pick<FundView, 'name' | 'debtorAccount'>;
  readonly paymentReference: string;
  readonly writtenOn: string;
  readonly writtenAt: Date;
}

/** What is to be paid, each with its day. */
interface Due {
  readonly what: string;
  readonly dueOn: string | null;
  readonly amountMinor: bigint;
}

/** Why it comes back, in words of the law. Source: VwVfG 49 (3), 49a (1), docs/domain.md#interest-and-repayment. */
const GROUNDS: Readonly<Record<ClaimGround, string>> = {
  UNSPENT: 'Die Mittel sind nicht ausgegeben worden (§ 49a Absatz 1 VwVfG).',
  IMPROPER_USE:
    'Die Mittel sind nicht für den bestimmten Zweck verwendet worden (§ 49 Absatz 3 Satz 1 Nummer 1, § 49a Absatz 1 VwVfG).',
  LATE_USE:
    'Die Mittel sind nicht alsbald nach der Zahlung für den bestimmten Zweck verwendet worden (§ 49 Absatz 3 Satz 1 Nummer 1, § 49a Absatz 1 VwVfG).',
  CONDITION_BREACHED:
    'Eine Auflage ist nicht oder nicht fristgerecht erfüllt worden (§ 49 Absatz 3 Satz 1 Nummer 2, § 49a Absatz 1 VwVfG).',
  OVERPAID: 'Es ist mehr gezahlt worden, als zusteht (§ 49a Absatz 1 VwVfG).',
};

const SUM_WIDTH = 120;
const DAY_WIDTH = 110;

/** The letter as a tagged PDF, in German. The same input makes the same bytes. */
export async function claimLetterPdf(letter: ClaimLetter): Promise<Buffer> {
  const { claim, fund, writtenAt } = letter;
  const title = `Rückforderung ${claim.caseNumber}`;
  const pdf = await TaggedPdf.begin({
    title: `${title}, ${claim.debtorName}`,
    language: 'de-DE',
    createdAt: writtenAt,
  });
  pdf.paragraph(fund.debtorAccount.holder);
  pdf.paragraph(`An: ${claim.debtorName}`);
  pdf.paragraph(`Datum: ${day(letter.writtenOn)}`);
  pdf.title(title);
  pdf.paragraph(`Fonds: ${fund.name}`);
  if (claim.decidedOn !== null && claim.decisionReference !== null)
    pdf.paragraph(`Bescheid vom ${day(claim.decidedOn)}, Zeichen ${claim.decisionReference}`);
  what(pdf, letter);
  why(pdf, letter);
  how(pdf, letter);
  interest(pdf, letter);
  return pdf.end((page, pages) => ({ left: title, right: `Seite ${page} von ${pages}` }));
}

function what(pdf: TaggedPdf, letter: ClaimLetter): void {
  const { claim } = letter;
  const { currency } = claim;
  const dues = duesOf(letter);
  const total = dues.reduce((sum, { amountMinor }) => sum + amountMinor, 0n);
  pdf.heading('Was zu zahlen ist');
  pdf.paragraph(`Gefordert sind ${amount(claim.amountMinor, currency)}.${lessOf(claim)}`);
  pdf.table({
    columns: [
      { title: 'Was', width: PDF_WIDTH - DAY_WIDTH - SUM_WIDTH },
      { title: 'Fällig am', width: DAY_WIDTH },
      { title: 'Betrag', width: SUM_WIDTH, isNumber: true },
    ],
    rows: [
      ...dues.map((due) => [due.what, due.dueOn === null ? '' : day(due.dueOn), amount(due.amountMinor, currency)]),
      ['Insgesamt zu zahlen', '', amount(total, currency)],
    ],
    sums: 1,
  });
}

function why(pdf: TaggedPdf, { claim }: ClaimLetter): void {
  pdf.heading('Warum');
  pdf.paragraph(GROUNDS[claim.ground]);
  for (const part of claim.reason.split(/\n+/).filter((text) => text.trim() !== '')) pdf.paragraph(part);
}

function how(pdf: TaggedPdf, { fund, paymentReference }: ClaimLetter): void {
  const { holder, iban, bic } = fund.debtorAccount;
  pdf.heading('Wohin');
  pdf.paragraph(
    'Bitte geben Sie den Verwendungszweck genau so an. Sonst wird die Zahlung nicht von selbst zugeordnet.',
  );
  pdf.table({
    columns: [
      { title: 'Angabe', width: SUM_WIDTH },
      { title: 'Inhalt', width: PDF_WIDTH - SUM_WIDTH },
    ],
    rows: [
      ['Empfänger', holder],
      ['IBAN', inFours(iban)],
      ['BIC', bic],
      ['Verwendungszweck', inFours(paymentReference)],
    ],
  });
}

function interest(pdf: TaggedPdf, { claim, interestDemand, interestPoints }: ClaimLetter): void {
  pdf.heading('Zinsen');
  pdf.paragraph(
    `Der Erstattungsbetrag ist vom ${day(claim.interestFrom)} an mit ${interestPoints.replace('.', ',')} Prozentpunkten über dem Basiszinssatz jährlich zu verzinsen (§ 49a Absatz 3 VwVfG).`,
  );
  pdf.paragraph(
    interestDemand
      ? `Zinsen sind bis zum ${day(interestDemand.until)} gefordert. Spätere Zinsen werden gesondert gefordert und sind in der Summe nicht enthalten.`
      : 'Die Zinsen werden gesondert gefordert und sind in der Summe nicht enthalten.',
  );
}

/** What is open, by the day on which it is due: what was paid or waived settles the earliest instalments. */
export function duesOf({ claim, interestDemand }: Pick<ClaimLetter, 'claim' | 'interestDemand'>): Due[] {
  const { openMinor, openInterestMinor } = claim;
  const interestDue: Due = {
    what: 'Zinsen, gesondert gefordert',
    dueOn: interestDemand?.dueOn ?? null,
    amountMinor: openInterestMinor,
  };
  const principal: Due[] =
    claim.status === 'DEFERRED'
      ? openInstalments(claim.instalments, openMinor)
      : [{ what: 'Erstattung', dueOn: claim.dueOn, amountMinor: openMinor }];
  return [...principal, interestDue].filter(({ amountMinor }) => amountMinor > 0n);
}

function openInstalments(instalments: ClaimView['instalments'], openMinor: bigint): Due[] {
  let left = openMinor;
  return instalments
    .map((instalment, index) => ({ ...instalment, what: `Erstattung, Rate ${index + 1}` }))
    .toReversed()
    .map(({ what: name, dueOn, amount: whole }) => {
      const { amountMinor } = toMinor(whole);
      const open = amountMinor < left ? amountMinor : left;
      left -= open;
      return { what: name, dueOn, amountMinor: open };
    })
    .toReversed();
}

function lessOf({ paidMinor, waivedMinor, currency }: ClaimLetter['claim']): string {
  const paid = paidMinor > 0n ? ` Davon sind ${amount(paidMinor, currency)} bezahlt.` : '';
  return waivedMinor > 0n ? `${paid} Erlassen sind ${amount(waivedMinor, currency)}.` : paid;
}

function amount(minor: bigint, currency: string): string {
  const [whole = '0', fraction] = formatMinor(minor, currency).split('.');
  const grouped = whole.replaceAll(/\B(?=(\d{3})+$)/g, '.');
  return `${fraction === undefined ? grouped : `${grouped},${fraction}`} ${currency}`;
}

function day(text: string): string {
  return text.split('-').toReversed().join('.');
}

/** As it is printed on forms. */
function inFours(text: string): string {
  return text.replaceAll(/(.{4})(?=.)/g, '$1 ');
}
