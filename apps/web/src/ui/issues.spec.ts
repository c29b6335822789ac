import { createPartnership } from '#contracts/partnership';
import { proposeBankAccountChange } from '#contracts/finance';
import de from '../i18n/common/de';
import { issueText, nameOfPointer, valueAt, withoutBlanks, withoutUnions } from './issues';

function sentencesOf(input: unknown): Record<string, string> {
  const { error } = createPartnership.request.safeParse(input);
  return Object.fromEntries(
    (error?.issues ?? []).map((issue) => [
      issue.path.join('.'),
      issueText(issue, valueAt(input, issue.path), de.issues),
    ]),
  );
}

describe('what the schema of an operation refuses', () => {
  it('is said in the language of the page, at its field', () => {
    expect(
      sentencesOf({
        participants: [],
        languages: ['E1'],
        fieldsOfAction: [{ key: 'waste_management', percent: 120 }],
        period: { from: '2026-02-01', to: '2026-01-01' },
      }),
    ).toEqual({
      kind: de.issues.required,
      participants: de.issues.tooFew(2),
      'languages.0': de.issues.check,
      'fieldsOfAction.0.percent': de.issues.tooBig(100),
      'period.to': de.issues.afterFrom,
    });
  });

  it('calls what was typed and is no day or number by its name', () => {
    const input = { fieldsOfAction: [{ key: 'x_y', percent: 'half' }], period: { from: 'morgen', to: null } };
    expect(sentencesOf(input)).toMatchObject({
      'fieldsOfAction.0.percent': de.issues.number,
      'period.from': de.issues.day,
    });
  });
});

describe('a pointer of the server', () => {
  it('names the field of the form', () => {
    expect(nameOfPointer('#/fieldsOfAction/0/percent')).toBe('fieldsOfAction.0.percent');
    expect(nameOfPointer('#header/If-Match')).toBeUndefined();
  });
});

describe('what was left empty', () => {
  it('is not sent, nor is a group of nothing', () => {
    const form = {
      title: ' x ',
      note: '  ',
      period: { from: '', to: '' },
      names: { official: 'A', local: '' },
      list: ['', 'b'],
      none: [],
    };
    expect(withoutBlanks(form)).toEqual({ title: ' x ', names: { official: 'A' }, list: ['b'], none: [] });
  });
});

describe('what is refused of a value with several shapes', () => {
  it.each([
    ['an IBAN', { iban: 'DE1', holder: 'A', currency: 'EUR' }, ['bankAccount.iban']],
    ['another account', { accountNumber: '1', holder: 'A', currency: 'EUR' }, ['bankAccount.bic']],
    ['an account without a number', { accountNumber: '', bic: 'X', holder: 'A' }, ['bankAccount.accountNumber']],
  ])('stands at the field of the one that was meant: %s', (_, bankAccount, names) => {
    const { error } = proposeBankAccountChange.request.safeParse({
      payeeId: '0198c0de-0000-7000-8000-000000000011',
      bankAccount,
      reason: 'new bank',
    });
    expect(withoutUnions(error?.issues ?? []).map(({ path }) => path.join('.'))).toEqual(names);
  });
});
