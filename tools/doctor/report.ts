import type { Outcome } from './examine';
import { count } from './words';

const WIDTH = 80;
const INDENT = ' '.repeat(9);

/** For people: a line for each check, below it what it found, no line longer than 80 columns. */
export function report(outcomes: readonly Outcome[], seconds: number): string {
  const findings = outcomes.reduce((sum, outcome) => sum + outcome.findings.length, 0);
  const skipped = outcomes.filter(({ notExamined }) => notExamined !== undefined).length;
  const examined = `${count(outcomes.length - skipped, 'check')} in ${seconds.toFixed(1)} s`;
  const last = findings === 0 ? `Nothing is wrong: ${examined}.` : `${count(findings, 'finding')}: ${examined}.`;
  return [...outcomes.flatMap(linesOf), '', skipped > 0 ? `${last} Not looked at: ${skipped}.` : last].join('\n');
}

/** For machines. */
export function jsonReport(outcomes: readonly Outcome[]): string {
  return JSON.stringify({ isWell: isWell(outcomes), checks: outcomes }, null, 2);
}

export function isWell(outcomes: readonly Outcome[]): boolean {
  return outcomes.every(({ findings }) => findings.length === 0);
}

function linesOf({ check, page, findings, notExamined }: Outcome): string[] {
  if (notExamined !== undefined) return wrapped(`not looked at: ${notExamined}`, `  -      ${check}, `);
  if (findings.length === 0) return [`  ok     ${check}`];
  return [
    `  FAULT  ${check}: see ${page}`,
    ...findings.flatMap(({ sentence, remedy }) => [
      ...wrapped(sentence, `${INDENT}- `),
      ...wrapped(remedy, `${INDENT}  `),
    ]),
  ];
}

function wrapped(text: string, first: string): string[] {
  const lines: string[] = [];
  let line = first;
  let isEmpty = true;
  for (const word of text.split(/\s+/)) {
    if (!isEmpty && line.length + 1 + word.length > WIDTH) {
      lines.push(line);
      [line, isEmpty] = [`${INDENT}  `, true];
    }
    line += isEmpty ? word : ` ${word}`;
    isEmpty = false;
  }
  return [...lines, line];
}
