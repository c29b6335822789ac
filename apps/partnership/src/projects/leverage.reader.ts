import { Injectable } from '@nestjs/common';
import { type RequestOf, toMinor, toMoney } from '#contracts';
import { getProjectLeverage, type ProjectLeverageView } from '#contracts/partnership';
import { Database } from '#database';
import { type Call, Handle } from '#platform';
import { AssignmentCopyReader } from '../assignments/assignment-copy.reader';
import { leverageOf } from './leverage';
import { ProjectReader } from './project.reader';

/** What a project brought for the cost of its expert. */
@Injectable()
export class LeverageReader {
  constructor(
    private readonly database: Database,
    private readonly projects: ProjectReader,
    private readonly assignments: AssignmentCopyReader,
  ) {}

  @Handle(getProjectLeverage)
  async get({ projectId }: RequestOf<typeof getProjectLeverage>, call: Call): Promise<ProjectLeverageView> {
    const { id, origin, funding, currency } = await this.projects.find(this.database, projectId, call);
    const assignmentId = origin.kind === 'ASSIGNMENT' ? origin.id : null;
    const assignment = assignmentId === null ? null : await this.assignments.find(this.database, assignmentId);
    const secured = toMinor(funding.committed).amountMinor + toMinor(funding.signed).amountMinor;
    const bound = assignment === null ? null : (assignment?.bound ?? []);
    return {
      id,
      assignmentId,
      secured: toMoney(secured, currency),
      ...leverageOf({ secured: toMoney(secured, currency), bound }),
    };
  }
}
