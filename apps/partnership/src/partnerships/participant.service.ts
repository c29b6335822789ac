import { Injectable } from '@nestjs/common';
import type { Act } from '#messaging';
import { Clock } from '#platform';
import { Partnership } from './partnership.entity';
import { PartnershipService } from './partnership.service';

type Within = Pick<Act, 'tx'>;

/** What a change of a municipality does to its partnerships, in the transaction of that change. */
@Injectable()
export class ParticipantService {
  constructor(
    private readonly partnerships: PartnershipService,
    private readonly clock: Clock,
  ) {}

  /** Publishes the partnerships of a municipality that is called otherwise now: other services keep copies of participants. */
  async tellAgain(municipalityId: string, { tx }: Within): Promise<void> {
    const rows = await tx.query<{ id: string }>(
      'SELECT partnership_id AS id FROM partnership_participant WHERE municipality_id = $1 ORDER BY partnership_id',
      [municipalityId],
    );
    for (const { id } of rows) await this.touch(id, { tx });
  }

  /** Partnerships that have not ended go on with whom the municipality went into; answers them. */
  async handOver({ from, to }: { readonly from: string; readonly to: string }, { tx }: Within): Promise<string[]> {
    const rows = await tx.query<{ id: string }>(
      `SELECT p.id FROM partnership p JOIN partnership_participant pp ON pp.partnership_id = p.id
       WHERE pp.municipality_id = $1 AND p.status <> 'ENDED' ORDER BY p.id FOR UPDATE OF p`,
      [from],
    );
    const ids = rows.map(({ id }) => id);
    await tx.query(
      `DELETE FROM partnership_participant gone WHERE gone.municipality_id = $1 AND gone.partnership_id = ANY ($3::uuid[])
         AND EXISTS (SELECT FROM partnership_participant heir
           WHERE heir.partnership_id = gone.partnership_id AND heir.municipality_id = $2)`,
      [from, to, ids],
    );
    await tx.query(
      'UPDATE partnership_participant SET municipality_id = $2 WHERE municipality_id = $1 AND partnership_id = ANY ($3::uuid[])',
      [from, to, ids],
    );
    await tx.query('UPDATE partnership SET participants = partnership_participants(id) WHERE id = ANY ($1::uuid[])', [
      ids,
    ]);
    for (const id of ids) await this.touch(id, { tx });
    return ids;
  }

  private async touch(id: string, { tx }: Within): Promise<void> {
    const partnership = await tx.lockOrFail(Partnership, id);
    partnership.updatedAt = this.clock.now();
    await tx.update(partnership);
    await this.partnerships.view(partnership, { tx });
  }
}
