/** `ghs 12.34` or `GHS;12.34`, one a line, as the request wants them; what is no rate stays for the check to refuse. */
export function ratesOf(lines: string | undefined): { currency: string; rate: string }[] {
  return (lines ?? '')
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .map((line) => {
      const [currency = '', rate = ''] = line.split(/[\s;:=]+/);
      return { currency: currency.toUpperCase(), rate };
    });
}
