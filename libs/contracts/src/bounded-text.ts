/** Cuts a text that may hold what a client sent; the mark shows that there was more. Never splits a character. */
export function boundedText(text: string, lengthMax: number): string {
  if (text.length <= lengthMax) return text;
  return `${text.slice(0, lengthMax - 1).toWellFormed()}…`;
}
