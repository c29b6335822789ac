import { Injectable } from '@nestjs/common';
import type { LocalizedText, Page, ReplyOf, RequestOf } from '#contracts';
import {
  Category,
  getResultTotals,
  type IndicatorSum,
  listResultLeaves,
  type ResultLeafView,
  type ResultTotalView,
  type StandardKey,
  STANDARD_INDICATORS,
  type SumPart,
  TOTAL_ROWS_MAX,
} from '#contracts/partnership';
import { Database, type Filters, visibleTo } from '#database';
import { type Call, Handle } from '#platform';
import { RESULT_OWNERSHIP } from './result.act';
import { ORIGINS } from './result.messages';
import { resultFilters, SERVES_GOAL } from './result-filter.rows';
import { COUNTS, leafSelect, totalsSelect } from './result-totals.rows';

type Kind = 'baseline' | 'target' | 'actual';
type Member = 'number' | 'numerator' | 'denominator';
type SumColumns = Readonly<Record<`${Kind}${Capitalize<Member>}`, string | null>> &
  Readonly<Record<`${Kind}${'Met' | 'Answered'}`, number | bigint | null>>;

interface SumRow extends SumColumns {
  readonly standard: StandardKey;
  readonly parts: readonly ({ readonly category: Category } & Readonly<Record<Member, string | null>>)[] | null;
}

type TotalRow = SumRow &
  Pick<ResultTotalView, 'indicators' | 'results'> & { readonly key: string | null; readonly rows: number };
type LeafRow = SumRow &
  Pick<ResultLeafView, 'resultId' | 'resultTitle' | 'resultType' | 'arithmetic' | 'sdgTargets' | 'origins'> & {
    readonly id: string;
    readonly title: LocalizedText;
  };

/** Results added up, each total with the leaves that it is made of; both by the same statement about an indicator. */
@Injectable()
export class ResultTotalsReader {
  constructor(private readonly database: Database) {}

  @Handle(getResultTotals)
  async totals(
    { by, withOpen, ...filter }: RequestOf<typeof getResultTotals>,
    call: Call,
  ): Promise<ReplyOf<typeof getResultTotals>> {
    const { conditions, parameters } = countedFilters(filter);
    const where = [...COUNTS, ...conditions, ...visibleTo(call, RESULT_OWNERSHIP, parameters)];
    const isOpen = `$${parameters.push(withOpen)}::boolean`;
    const rows = await this.database.query<TotalRow>(
      totalsSelect({ by, isOpen, where, rowsMax: TOTAL_ROWS_MAX }),
      parameters,
    );
    const items = rows.map(({ key, standard, indicators, results, ...row }) => ({
      group: key,
      standard,
      indicators,
      results,
      ...sumsOf({ ...row, standard }),
    }));
    return { items, omitted: (rows[0]?.rows ?? 0) - rows.length };
  }

  @Handle(listResultLeaves)
  leaves(
    { withOpen, standard, limit, cursor, ...filter }: RequestOf<typeof listResultLeaves>,
    call: Call,
  ): Promise<Page<ResultLeafView>> {
    const filters = countedFilters(filter).add('i.standard = ?', standard);
    const { conditions, parameters } = filters;
    const where = [...COUNTS, ...conditions, ...visibleTo(call, RESULT_OWNERSHIP, parameters)];
    const isOpen = `$${parameters.push(withOpen)}::boolean`;
    return this.database.page<LeafRow, ResultLeafView>({
      select: leafSelect(isOpen, ORIGINS),
      where,
      parameters,
      sort: [{ key: 'createdAt', column: 'i.created_at', type: 'timestamptz' }],
      idColumn: 'i.id',
      limit,
      cursor,
      filterHash: { list: 'result-leaves', withOpen, standard, ...filter },
      items: (rows) => rows.map(leafView),
    });
  }
}

function countedFilters({ sdgGoal, ...filter }: Omit<RequestOf<typeof getResultTotals>, 'by' | 'withOpen'>): Filters {
  return resultFilters(filter).add(SERVES_GOAL, sdgGoal);
}

function leafView(row: LeafRow): ResultLeafView {
  const { id, title, resultId, resultTitle, resultType, standard, arithmetic, sdgTargets, origins } = row;
  return {
    resultId,
    resultTitle,
    resultType,
    indicatorId: id,
    indicatorTitle: title,
    standard,
    arithmetic,
    sdgTargets,
    origins,
    ...sumsOf(row),
  };
}

function sumsOf(row: SumRow): Pick<ResultTotalView, Kind | 'parts'> {
  const parts = (row.parts ?? []).map(({ category, ...sums }): SumPart => {
    const { number, numerator, denominator } = sums;
    return number === null
      ? { category, value: { kind: 'PERCENTAGE', numerator: plain(numerator), denominator: plain(denominator) } }
      : { category, value: { kind: 'NUMBER', number: plain(number) } };
  });
  return {
    baseline: sumOf(row, 'baseline'),
    target: sumOf(row, 'target'),
    actual: sumOf(row, 'actual'),
    parts: Category.options.flatMap((category) => parts.filter((part) => part.category === category)),
  };
}

function sumOf(row: SumRow, kind: Kind): IndicatorSum | null {
  switch (STANDARD_INDICATORS[row.standard].kind) {
    case 'NUMBER': {
      const number = row[`${kind}Number`];
      return number === null ? null : { kind: 'NUMBER', number: plain(number) };
    }
    case 'PERCENTAGE': {
      const [numerator, denominator] = [row[`${kind}Numerator`], row[`${kind}Denominator`]];
      if (numerator === null || denominator === null) return null;
      return { kind: 'PERCENTAGE', numerator: plain(numerator), denominator: plain(denominator) };
    }
    case 'YES_NO': {
      const answered = Number(row[`${kind}Answered`] ?? 0);
      return answered === 0 ? null : { kind: 'YES_NO', met: Number(row[`${kind}Met`] ?? 0), answered };
    }
  }
}

/** Without zeros that say nothing: `12.50` is 12.5. */
function plain(decimal: string | null): string {
  return (decimal ?? '0').replace(/(\.\d*?)0+$/, '$1').replace(/\.$/, '');
}
