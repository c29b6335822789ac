import { type ClaimView, getClaimLetter } from '#contracts/finance';
import { Claims } from '../../../test/claims';
import { AUDITOR, CASHIER, FINANCE, FinanceWorld, GERMAN_ACCOUNT } from '../../../test/finance-world';
import { pdfText } from '../../../test/pdf-text';

let world: FinanceWorld;
beforeAll(async () => {
  world = await FinanceWorld.start();
});
afterAll(() => world?.app.close());

const claims = new Claims(() => world);
const letter = (claim: ClaimView, as = FINANCE) => world.app.rpc(getClaimLetter, { claimId: claim.id }, as);
const textOf = async (claim: ClaimView) => pdfText(Buffer.from((await letter(claim)).body, 'base64'));
const grouped = (text: string) => text.replaceAll(/(.{4})(?=.)/g, '$1 ');

describe('the letter of a claim', () => {
  it('asks the debtor for what is open, with its day, its reason, the account and the reference', async () => {
    const due = await claims.due();
    const claim = await claims.pay(due, '4000.00');
    const text = await textOf(claim);
    for (const said of [
      'An: Commune de Kongoussi',
      `Rückforderung ${claim.caseNumber}`,
      'Bescheid vom 10.02.2027, Zeichen Bescheid 4',
      'Gefordert sind 10.000,00 EUR. Davon sind 4.000,00 EUR bezahlt.',
      '10.03.2027',
      '6.000,00 EUR',
      'The pump was sold.',
      grouped(GERMAN_ACCOUNT.iban),
      grouped(claim.paymentReference),
    ])
      expect(text).toContain(said);
    expect(text.replaceAll(/\s+/g, ' ')).toContain('§ 49 Absatz 3 Satz 1 Nummer 1');
    expect(text.replaceAll(/\s+/g, ' ')).toContain('vom 01.07.2025 an mit 5 Prozentpunkten über dem Basiszinssatz');
    expect(await letter(claim, AUDITOR)).toMatchObject({
      mediaType: 'application/pdf',
      fileName: `rueckforderung-${claim.caseNumber}.pdf`,
      nextOffset: null,
    });
  });

  it('names the instalments that are open, and the interest that was demanded, with their days', async () => {
    const due = await claims.due();
    const deferred = await claims.defer(due, ['4000.00', '6000.00']);
    const paid = await claims.pay(deferred, '1500.00');
    const text = await textOf(await claims.demand(paid, '2026-06-30', '2027-05-04'));
    for (const said of ['01.04.2027', '2.500,00 EUR', '01.05.2027', '6.000,00 EUR', 'Zinsen, gesondert gefordert'])
      expect(text).toContain(said);
    expect(text).toContain('04.05.2027');
    expect(text.replaceAll(/\s+/g, ' ')).toContain('Zinsen sind bis zum 30.06.2026 gefordert.');
  });

  it('is refused before anything is demanded, once nothing is open, and to those who do not write to debtors', async () => {
    const NOT_DEMANDED = { code: 'FINANCE_CLAIM_NOT_DEMANDED', kind: 'conflict' };
    await expect(letter(await claims.draft())).rejects.toMatchObject(NOT_DEMANDED);
    const decided = await claims.decided();
    await expect(letter(decided)).rejects.toMatchObject(NOT_DEMANDED);
    const due = await claims.makeDue(decided);
    await expect(letter(due, CASHIER)).rejects.toMatchObject({ code: 'PLATFORM_ACTION_NOT_ALLOWED' });
    await expect(letter(await claims.pay(due, '10000.00'))).rejects.toMatchObject(NOT_DEMANDED);
  });
});
