import { Injectable } from '@nestjs/common';
import type { Act } from '#messaging';
import { Clock } from '#platform';
import { OPEN, Project } from './project.entity';
import { ProjectReader } from './project.reader';

interface Passing {
  readonly from: string;
  readonly to: string;
  /** First day on which the other one carries it. */
  readonly on: string;
  /** Those that go on with the other one. */
  readonly partnershipIds: readonly string[];
}

/** What a succession of municipalities does to projects, in the transaction of that succession. */
@Injectable()
export class ProjectOwnerService {
  constructor(
    private readonly reader: ProjectReader,
    private readonly clock: Clock,
  ) {}

  /** Open projects go on with whom the municipality went into, and tell whose they were; what is closed stays whose it was. */
  async passOn({ from, to, on, partnershipIds }: Passing, { tx }: Pick<Act, 'tx'>): Promise<void> {
    const rows = await tx.query<{ id: string }>(
      `SELECT id FROM project
       WHERE owner_municipality_id = $1 AND status = ANY ($2) AND partnership_id = ANY ($3::uuid[]) ORDER BY id`,
      [from, OPEN, partnershipIds],
    );
    for (const { id } of rows) {
      const project = await tx.lockOrFail(Project, id);
      project.passTo(to, this.clock.now());
      await tx.update(project);
      await tx.query('INSERT INTO project_former_owner (project_id, municipality_id, until_on) VALUES ($1, $2, $3)', [
        id,
        from,
        on,
      ]);
      await this.reader.told(tx, id);
    }
  }
}
