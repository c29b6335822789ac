import type { StatementFaultKind } from '#contracts/finance';

/** A page of a statement as it was kept; in the order of arrival. */
export interface StatementPage {
  readonly givenId: string;
  readonly pageNumber: number;
  readonly isLastPage: boolean | null;
  readonly sequenceNumber: number | null;
  readonly from: string | null;
  readonly to: string | null;
  readonly datedOn: string | null;
  readonly currency: string;
  readonly openingMinor: bigint | null;
  readonly closingMinor: bigint | null;
  readonly entriesMinor: bigint;
}

export interface StatementFault {
  readonly kind: StatementFaultKind;
  readonly year: number | null;
  readonly statementId: string | null;
  /** The first and the last number that is missing. */
  readonly numbers: { readonly from: number; readonly to: number } | null;
  readonly expectedMinor: bigint | null;
  readonly statedMinor: bigint | null;
  readonly currency: string;
}

interface Statement extends StatementPage {
  readonly isWhole: boolean;
  readonly year: number | null;
}

/**
 * What keeps the statements of an account from telling all that happened on it: numbers left out within a year (they begin anew with
 * it, or go on), pages left out, an opening balance that is not the closing one before, and entries that do not give the closing
 * balance. Each currency has balances of its own. Of a corrected statement the last version counts.
 */
export function statementFaults(pages: readonly StatementPage[]): StatementFault[] {
  const byCurrency = Map.groupBy(wholeStatements(pages), ({ currency }) => currency);
  return [...byCurrency.values()].flatMap((statements) => {
    const inOrder = statements.sort(compareStatements);
    return [
      ...inOrder.flatMap(ownFaults),
      ...inOrder.flatMap((each, index) => followingFaults(each, inOrder[index - 1])),
    ];
  });
}

function wholeStatements(pages: readonly StatementPage[]): Statement[] {
  const byStatement = Map.groupBy(pages, (page) => {
    const when = page.to === null ? page.datedOn?.slice(0, 4) : `${page.from ?? ''} ${page.to}`;
    return JSON.stringify([page.currency, page.givenId, page.sequenceNumber, when]);
  });
  return [...byStatement.values()].flatMap((versions) => {
    const latest = [...new Map(versions.map((page) => [page.pageNumber, page])).values()];
    const inOrder = latest.sort((a, b) => a.pageNumber - b.pageNumber);
    const [first, last] = [inOrder[0], inOrder.at(-1)];
    if (!first || !last) return [];
    const day = last.to ?? last.datedOn;
    return [
      {
        ...first,
        closingMinor: last.closingMinor,
        entriesMinor: inOrder.reduce((sum, page) => sum + page.entriesMinor, 0n),
        isWhole: inOrder.length === last.pageNumber && last.isLastPage !== false,
        year: day === null ? null : Number(day.slice(0, 4)),
      },
    ];
  });
}

function compareStatements(a: Statement, b: Statement): number {
  const years = (a.year ?? 0) - (b.year ?? 0);
  if (years !== 0) return years;
  if (a.sequenceNumber !== null && b.sequenceNumber !== null) return a.sequenceNumber - b.sequenceNumber;
  return (a.to ?? a.datedOn ?? '').localeCompare(b.to ?? b.datedOn ?? '');
}

function ownFaults(statement: Statement): StatementFault[] {
  if (!statement.isWhole) return [fault(statement, 'PAGE_MISSING')];
  const { openingMinor, closingMinor, entriesMinor } = statement;
  if (openingMinor === null || closingMinor === null || openingMinor + entriesMinor === closingMinor) return [];
  const amounts = { expectedMinor: openingMinor + entriesMinor, statedMinor: closingMinor };
  return [fault(statement, 'CLOSING_DIFFERS', amounts)];
}

function followingFaults(statement: Statement, before: Statement | undefined): StatementFault[] {
  if (!before) return [];
  const missing = missingBetween(before, statement);
  if (missing) return [{ ...fault(statement, 'STATEMENT_MISSING'), statementId: null, numbers: missing }];
  const areNumbered = before.sequenceNumber !== null && statement.sequenceNumber !== null;
  const doOverlap = before.to !== null && statement.from !== null && statement.from <= before.to;
  // Without numbers nothing tells which of two that share a day came first.
  if (!areNumbered && doOverlap) return [];
  const { closingMinor: expectedMinor } = before;
  const { openingMinor: statedMinor } = statement;
  if (expectedMinor === null || statedMinor === null || expectedMinor === statedMinor) return [];
  return [fault(statement, 'OPENING_DIFFERS', { expectedMinor, statedMinor })];
}

function missingBetween(before: Statement, statement: Statement): StatementFault['numbers'] {
  if (before.sequenceNumber === null || statement.sequenceNumber === null) return null;
  const goesOn = statement.year === before.year || statement.sequenceNumber > before.sequenceNumber;
  const from = goesOn ? before.sequenceNumber + 1 : 1;
  return from < statement.sequenceNumber ? { from, to: statement.sequenceNumber - 1 } : null;
}

function fault(
  { year, givenId, currency }: Statement,
  kind: StatementFaultKind,
  amounts: Partial<Pick<StatementFault, 'expectedMinor' | 'statedMinor'>> = {},
): StatementFault {
  return {
    kind,
    year,
    statementId: givenId,
    numbers: null,
    expectedMinor: null,
    statedMinor: null,
    currency,
    ...amounts,
  };
}
