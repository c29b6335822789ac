import { accountText } from '../i18n/format';
import { accountOf, ibanFault, isBic, looksLikeIban } from './account';

describe('an IBAN', () => {
  it.each([
    ['DE89 3704 0044 0532 0130 00', undefined],
    ['de89370400440532013000', undefined],
    ['DE89370400440532013001', 'digits'],
    ['DE8937040044053201300', 'length'],
    ['ZZ89370400440532013000', 'country'],
  ])('%s: %s', (iban, fault) => {
    expect(ibanFault(iban)).toBe(fault);
  });

  it('is shown in groups of four', () => {
    expect(accountText({ iban: 'DE89370400440532013000', accountNumber: null })).toBe('DE89 3704 0044 0532 0130 00');
  });
});

describe('an account', () => {
  it('without IBAN is sent with its number and bank, and keeps no IBAN that was typed before', () => {
    const bankAccount = { iban: 'DE89', accountNumber: '0100', bic: 'bcaobfbf', holder: 'Commune', currency: 'EUR' };
    expect(accountOf({ accountKind: 'OTHER', bankAccount })).toEqual({
      accountNumber: '0100',
      bic: 'BCAOBFBF',
      holder: 'Commune',
      currency: 'EUR',
    });
  });

  it('knows an IBAN that was typed as another number, right or wrong', () => {
    const typed = ['DE88370400440532013000', 'de89 3704 0044 0532 0130 00', '0123456789', 'TZ12345678901234567'];
    expect(typed.map(looksLikeIban)).toEqual([true, true, false, false]);
  });

  it('knows what is no BIC', () => {
    expect([isBic('cobadeff'), isBic('COBADEFFXXX'), isBic('COBA')]).toEqual([true, true, false]);
  });
});
