import { Injectable } from '@nestjs/common';
import type { Page, RequestOf } from '#contracts';
import { type CaseFactView, listCaseFacts, listTimelineSources, type TimelineSources } from '#contracts/partnership';
import { Database, jsonOf, jsonText } from '#database';
import { Messaging } from '#messaging';
import { type Call, Handle, type JsonReply } from '#platform';
import { ParticipationReader } from '../partnerships/participation.reader';

const { asItIs, instant, plain } = jsonOf;
const FACT = jsonText({
  id: plain('f.id'),
  on: plain('f.happened_on'),
  recordedAt: instant('f.occurred_at'),
  source: plain('f.source'),
  kind: plain('f.kind'),
  about: jsonText({ kind: plain('f.about_kind'), id: plain('f.about_id') }),
  details: asItIs('f.details'),
});

/** The history of a partnership: what stands here, and what the other services told. */
@Injectable()
export class TimelineService {
  constructor(
    private readonly database: Database,
    private readonly messaging: Messaging,
    private readonly participation: ParticipationReader,
  ) {}

  @Handle(listCaseFacts)
  async list(
    { partnershipId, limit, cursor }: RequestOf<typeof listCaseFacts>,
    call: Call,
  ): Promise<JsonReply<Page<CaseFactView>>> {
    await this.participation.assertVisible(partnershipId, call);
    return this.database.jsonPage<CaseFactView>({
      select: `SELECT ${FACT} AS json FROM partnership_timeline($1) f`,
      where: [],
      parameters: [partnershipId],
      sort: [
        { key: 'on', column: 'f.happened_on', type: 'date', descending: true },
        { key: 'recordedAt', column: 'f.occurred_at', type: 'timestamptz', descending: true },
      ],
      idColumn: 'f.id',
      limit,
      cursor,
      filterHash: { list: 'timeline', partnershipId },
    });
  }

  @Handle(listTimelineSources)
  async sources(): Promise<TimelineSources> {
    const standings = await this.messaging.standing();
    return {
      items: standings.map(({ producer, pending, inHand }) => ({
        service: producer,
        waiting: pending === null || inHand === null ? null : pending + inHand,
      })),
    };
  }
}
