import { SHIPPED_SEPA_AREA as AREA } from '../../../test/shipped-rules';
import { checkedAccount } from './payee-request';
import { paymentTypeOf } from './payment-type';
import { isPayableName, isPayableText, sepaText } from '../../budget/funds/sepa-text';

const TODAY = '2027-01-01';
const held = { holder: 'Someone', currency: 'EUR' };

function refusal(account: Parameters<typeof checkedAccount>[0]): unknown {
  try {
    return checkedAccount(account, TODAY, AREA);
  } catch (error) {
    return error;
  }
}

describe('a bank account', () => {
  it('is stored without spaces and in upper case', () => {
    expect(checkedAccount({ iban: 'de75 5121 0800 1245 1261 99', ...held }, TODAY, AREA).iban).toBe(
      'DE75512108001245126199',
    );
  });

  it('is refused with wrong check digits', () => {
    expect(refusal({ iban: 'DE76512108001245126199', ...held })).toMatchObject({
      code: 'FINANCE_IBAN_INVALID',
      errors: [{ pointer: '#/bankAccount/iban' }],
    });
  });

  it('is refused with the BIC of another country', () => {
    expect(refusal({ iban: 'DE75512108001245126199', bic: 'BNPAFRPP', ...held })).toMatchObject({
      code: 'FINANCE_BIC_INVALID',
    });
  });

  it('needs a BIC outside SEPA', () => {
    expect(refusal({ iban: 'TN5910006035183598478831', ...held })).toMatchObject({ code: 'FINANCE_BIC_MISSING' });
  });

  it.each([
    ['with right check digits', 'DE89370400440532013000'],
    ['with wrong ones', 'DE88370400440532013000'],
    ['with one digit too few', 'DE8837040044053201300'],
    ['with hyphens and small letters', 'de88-3704-0044-0532-0130-00'],
    ['of Norway', 'NO9386011117947'],
  ])('that is an IBAN %s is not taken as another number', (_, accountNumber) => {
    expect(refusal({ accountNumber, bic: 'COBADEFF', ...held })).toMatchObject({
      code: 'FINANCE_ACCOUNT_NUMBER_IS_IBAN',
      errors: [{ pointer: '#/bankAccount/accountNumber' }],
    });
  });

  it('has any other number where there is no IBAN', () => {
    for (const accountNumber of ['0123456789', 'TZ12345678901234567', 'DE12', '01-234-5678'])
      expect(checkedAccount({ accountNumber, bic: 'BICBBFBX', ...held }, TODAY, AREA).accountNumber).toBe(
        accountNumber,
      );
  });

  it('is paid by SEPA transfer from the day its country joined', () => {
    const account = { iban: 'AL47212110090000000235698741', accountCurrency: 'EUR' };
    expect(paymentTypeOf(account, '2025-10-04', AREA)).toBe('FOREIGN');
    expect(paymentTypeOf(account, '2025-10-05', AREA)).toBe('SEPA');
  });

  it('is paid by foreign transfer when it has no IBAN or another currency', () => {
    expect(paymentTypeOf({ iban: null, accountCurrency: 'EUR' }, TODAY, AREA)).toBe('FOREIGN');
    expect(paymentTypeOf({ iban: 'DE75512108001245126199', accountCurrency: 'USD' }, TODAY, AREA)).toBe('FOREIGN');
  });
});

describe('a text for the bank', () => {
  it('is written in the characters that every bank carries', () => {
    expect(sepaText('Müller & Söhne – Façade №5', 70)).toBe('Mueller + Soehne - Facade No5');
    expect(sepaText('//Ouagadougou//Kongoussi/', 70)).toBe('Ouagadougou/Kongoussi');
    expect(sepaText('x'.repeat(200), 70)).toHaveLength(70);
  });

  it('is transliterated from other scripts, and nothing is left of what has no letter or digit', () => {
    expect(sepaText('ул. Ленина', 70)).toBe('ul. Lenina');
    expect(sepaText('Λεωφόρος Κηφισίας', 70)).toBe('Leoforos Kifisias');
    expect(sepaText('. – ,', 70)).toBe('');
    expect(isPayableText('Душанбе')).toBe(true);
    expect(isPayableText('...')).toBe(false);
  });

  it('is payable as a name in letters of the Latin alphabet alone', () => {
    for (const name of ['Jörg Müßig-Weiß', 'Nguyễn Thị Ánh', "N'Guessan 2 GmbH & Co."]) {
      expect([name, isPayableName(name)]).toEqual([name, true]);
    }
    for (const name of ['Фонд', 'Kyjiw Київ', 'Фонд GmbH', '12345', '北京市']) {
      expect([name, isPayableName(name)]).toEqual([name, false]);
    }
  });
});
