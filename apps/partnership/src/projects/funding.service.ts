import { Injectable } from '@nestjs/common';
import { AppError, type RequestOf } from '#contracts';
import { addFundingSource, changeFundingSource, FUNDING_SOURCES_MAX, type ProjectView } from '#contracts/partnership';
import type { Act } from '#messaging';
import { type Call, Clock, newId } from '#platform';
import { FundingSource } from './funding-source.entity';
import { act } from './project.act';
import type { Doing, Project } from './project.entity';
import { ProjectReader } from './project.reader';

/** From whom projects may get their money, and how certain that is. */
@Injectable()
export class FundingService {
  constructor(
    private readonly clock: Clock,
    private readonly reader: ProjectReader,
  ) {}

  @act(addFundingSource, { possible: (project) => project.assertFundingOpen() })
  async add(
    project: Project,
    { amount, ...given }: RequestOf<typeof addFundingSource>,
    { tx, call }: Act,
  ): Promise<void> {
    const [row] = await tx.query<{ count: number }>(
      'SELECT count(*)::int AS count FROM funding_source WHERE project_id = $1',
      [project.id],
    );
    if ((row?.count ?? 0) >= FUNDING_SOURCES_MAX) throw new AppError('PARTNERSHIP_PROJECT_FUNDING_FULL');
    const amountMinor = project.minor(amount);
    await tx.insert(FundingSource.of({ ...given, id: newId(), amountMinor }, this.doing(call)));
    project.updatedAt = this.clock.now();
  }

  @act(changeFundingSource, { possible: (project) => project.assertFundingOpen() })
  async change(project: Project, request: RequestOf<typeof changeFundingSource>, { tx, call }: Act): Promise<void> {
    const { sourceId, amount, ...certainty } = request;
    const source = await tx.lockOrFail(FundingSource, sourceId);
    if (source.projectId !== project.id) throw new AppError('PLATFORM_RESOURCE_NOT_FOUND');
    source.change(
      { ...certainty, ...(amount === undefined ? {} : { amountMinor: project.minor(amount) }) },
      this.doing(call),
    );
    await tx.update(source);
    project.updatedAt = this.clock.now();
  }

  view({ id }: Project, { tx }: Act): Promise<ProjectView> {
    return this.reader.told(tx, id);
  }

  private doing({ caller }: Call): Doing {
    return { by: caller.subject, at: this.clock.now(), today: this.clock.today() };
  }
}
