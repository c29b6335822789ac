import { Injectable } from '@nestjs/common';
import type { Page, RequestOf } from '#contracts';
import { type EndingAgreementView, listEndingAgreements } from '#contracts/partnership';
import { Database, Filters } from '#database';
import { Handle } from '#platform';

type Row = Omit<EndingAgreementView, 'period'> & { validFrom: string; validTo: string };

/** Which agreements end, and whether another one holds then: nobody has to look through the partnerships one by one. */
@Injectable()
export class EndingAgreementReader {
  constructor(private readonly database: Database) {}

  @Handle(listEndingAgreements)
  list({ limit, cursor, ...filter }: RequestOf<typeof listEndingAgreements>): Promise<Page<EndingAgreementView>> {
    const filters = new Filters()
      .add('a.valid_to >= ?', filter.endsOnFrom)
      .add('a.valid_to < ?', filter.endsOnTo)
      .add('follow.is_followed = ?', filter.isFollowed);
    return this.database.page<Row, EndingAgreementView>({
      select: SELECT,
      where: ['a.valid_to IS NOT NULL', `a.kind <> 'COUNCIL_RESOLUTION'`, ...filters.conditions],
      parameters: filters.parameters,
      sort: [{ key: 'validTo', column: 'a.valid_to', type: 'date' }],
      idColumn: 'a.id',
      limit,
      cursor,
      filterHash: { list: 'ending-agreements', ...filter },
      items: (rows) =>
        rows.map(({ validFrom, validTo, ...row }) => ({ ...row, period: { from: validFrom, to: validTo } })),
    });
  }
}

/** As an agreement in force is asked for (`agreement-term.ts`), on the first day on which this one does not hold any more. */
const SELECT = `
SELECT a.id, a.partnership_id, p.case_number, a.kind, a.signed_on, a.valid_from, a.valid_to, follow.is_followed
FROM agreement a
JOIN partnership p ON p.id = a.partnership_id
CROSS JOIN LATERAL (SELECT p.status = 'ENDED' OR p.kind = 'CONTACT' OR coalesce(p.period_to <= a.valid_to, false)
  OR EXISTS (SELECT FROM agreement next WHERE next.partnership_id = p.id AND next.kind <> 'COUNCIL_RESOLUTION'
    AND next.valid_from <= a.valid_to AND (next.valid_to IS NULL OR next.valid_to > a.valid_to)) AS is_followed) AS follow`;
