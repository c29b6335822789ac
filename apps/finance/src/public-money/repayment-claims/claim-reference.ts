import { CaseNumber } from '#contracts';

/**
 * What a debtor states so that its payment is found: the case number of the claim as a creditor reference of ISO 11649 (RF, two check
 * digits), which banks check and carry structured.
 */
export function claimReference(caseNumber: string): string {
  const content = caseNumber.replaceAll('-', '');
  const check = 98n - (BigInt(figures(`${content}RF00`)) % 97n);
  return `RF${check.toString().padStart(2, '0')}${content}`;
}

/** The case numbers of the claims that a remittance names by a sound reference, however it is spaced. */
export function claimsNamedIn(text: string): string[] {
  const plain = text.toUpperCase().replaceAll(/[\s./-]/g, '');
  // Figures may follow once the blanks are gone: the number whose check digits all fit is meant.
  const named = [...plain.matchAll(/RF\d{2}ES\d{4}(?=(\d{5,10}))/g)].flatMap((match) => {
    const [head, tail = ''] = match;
    const lengths = Array.from({ length: tail.length - 4 }, (_, index) => tail.length - index);
    const numbers = lengths.flatMap((length) => {
      const [number, checkDigit] = [tail.slice(0, length - 1), tail.slice(length - 1, length)];
      const known = CaseNumber.safeParse(`ES-${head.slice(6)}-${number}-${checkDigit}`);
      return isSound(`${head}${number}${checkDigit}`) && known.success ? [known.data] : [];
    });
    return numbers.slice(0, 1);
  });
  return [...new Set(named)];
}

function isSound(reference: string): boolean {
  return BigInt(figures(`${reference.slice(4)}${reference.slice(0, 4)}`)) % 97n === 1n;
}

/** A letter stands for its place from 10 on. */
function figures(text: string): string {
  return text.replaceAll(/[A-Z]/g, (letter) => String(letter.charCodeAt(0) - 55));
}
