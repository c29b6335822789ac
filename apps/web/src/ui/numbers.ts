/** What is no whole number stays as it was typed: the check of the request says what is wrong with it. */
export function wholeNumber(text: unknown): unknown {
  return typeof text === 'string' && /^\s*-?\d{1,15}\s*$/.test(text) ? Number.parseInt(text, 10) : text;
}

/** `1.234,50`, `1 234,50` and `1234.50` are the same amount; what can be read in two ways is left for the check to refuse. */
export function decimal(text: unknown): unknown {
  if (typeof text !== 'string') return text;
  const plain = text.replaceAll(/[\s\u00a0\u202f']/g, '');
  if (/^\d{1,3}(\.\d{3})+,\d+$/.test(plain)) return plain.replaceAll('.', '').replace(',', '.');
  if (/^\d{1,3}(,\d{3})+\.\d+$/.test(plain)) return plain.replaceAll(',', '');
  // A sign that comes twice stands between thousands.
  if (/^\d{1,3}([.,])\d{3}(\1\d{3})+$/.test(plain)) return plain.replaceAll(/[.,]/g, '');
  if (/^\d+,\d{1,2}$/.test(plain)) return plain.replace(',', '.');
  return plain;
}
