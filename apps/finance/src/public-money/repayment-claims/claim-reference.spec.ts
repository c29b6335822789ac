import fc from 'fast-check';
import { caseNumberIn } from '#contracts';
import { claimReference, claimsNamedIn } from './claim-reference';

const CASE = caseNumberIn('ES 2027 12') ?? '';
const REFERENCE = claimReference(CASE);

describe('the reference of a claim', () => {
  it('is one of ISO 11649: its remainder by 97 is 1', () => {
    expect(REFERENCE).toMatch(/^RF\d{2}ES20270012\d$/);
    const moved = `${REFERENCE.slice(4)}${REFERENCE.slice(0, 4)}`.replaceAll(/[A-Z]/g, (it) =>
      String(it.charCodeAt(0) - 55),
    );
    expect(BigInt(moved) % 97n).toBe(1n);
  });

  it.each([
    ['as printed', REFERENCE],
    ['in groups of four', REFERENCE.replaceAll(/(.{4})/g, '$1 ')],
    ['in small letters, with words around', `Rueckzahlung ${REFERENCE.toLowerCase()} Gemeinde`],
    ['with a date behind it', `${REFERENCE} 01.03.2027`],
    ['twice', `${REFERENCE}, ${REFERENCE}`],
  ])('is found %s', (_, text) => {
    expect(claimsNamedIn(text)).toEqual([CASE]);
  });

  it('is not found in another text, nor without its check digits', () => {
    expect(claimsNamedIn(`Rückzahlung ${CASE}, RF-Projekt 2027`)).toEqual([]);
  });

  it('is not found with any one figure wrong', () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: REFERENCE.length - 1 }), fc.integer({ min: 1, max: 9 }), (at, by) => {
        const figure = REFERENCE[at] ?? '';
        fc.pre(/\d/.test(figure));
        const wrong = `${REFERENCE.slice(0, at)}${(Number(figure) + by) % 10}${REFERENCE.slice(at + 1)}`;
        expect(claimsNamedIn(wrong)).not.toContain(CASE);
      }),
    );
  });

  it('of any claim is found again', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 999_999_999 }), (number) => {
        const caseNumber = caseNumberIn(`ES 2027 ${number}`) ?? '';
        expect(claimsNamedIn(`x ${claimReference(caseNumber)}`)).toEqual([caseNumber]);
      }),
    );
  });
});
