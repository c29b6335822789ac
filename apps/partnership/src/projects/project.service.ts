import { Injectable } from '@nestjs/common';
import { AppError, type RequestOf } from '#contracts';
import {
  abandonProject,
  changeProject,
  createProject,
  handOverProject,
  holdProject,
  type PartnershipStatus,
  type ProjectView,
  resumeProject,
} from '#contracts/partnership';
import { refuseForeign, type Tx } from '#database';
import { type Act, Commands } from '#messaging';
import { type Call, Clock, Handle, newId } from '#platform';
import { PARTNERSHIP_OWNERSHIP } from '../participation.rows';
import { ParticipationReader } from '../partnerships/participation.reader';
import { interruptReview } from './gate-review.rows';
import { act } from './project.act';
import { type Doing, Project } from './project.entity';
import { ProjectReader } from './project.reader';

/** Records ideas of projects, and takes them out of the way of the gates: at rest, given up, handed over. */
@Injectable()
export class ProjectService {
  constructor(
    private readonly commands: Commands,
    private readonly clock: Clock,
    private readonly reader: ProjectReader,
    private readonly participation: ParticipationReader,
  ) {}

  @Handle(createProject)
  create(request: RequestOf<typeof createProject>, call: Call): Promise<ProjectView> {
    const { partnershipId } = request;
    return this.commands.run(call, async (tx) => {
      await refuseForeign(tx, call, { ownership: PARTNERSHIP_OWNERSHIP, id: partnershipId });
      const status = await this.participation.statusForUpdate(tx, partnershipId);
      refuseEnded(status);
      await this.assertOwner(tx, request);
      const project = Project.propose({ ...request, id: request.id ?? newId() }, this.doing(call));
      await tx.insert(project);
      await tx.query('INSERT INTO project_stage_change (project_id, stage, entered_on) VALUES ($1, $2, $3)', [
        project.id,
        project.stage,
        project.stageSince,
      ]);
      return this.reader.told(tx, project.id);
    });
  }

  @act(changeProject, { possible: (project) => project.assertPreparing() })
  async change(project: Project, request: RequestOf<typeof changeProject>, { tx, call }: Act): Promise<void> {
    await this.assertOwner(tx, { ...request, partnershipId: project.partnershipId });
    project.change(request, this.doing(call));
  }

  @act(holdProject, { possible: (project) => project.assertCanHold() })
  async hold(project: Project, { reason }: RequestOf<typeof holdProject>, { tx }: Act): Promise<void> {
    await interruptReview(tx, project);
    project.hold(reason, this.clock.now());
  }

  @act(resumeProject, { possible: (project) => project.assertCanResume() })
  resume(project: Project): void {
    project.resume(this.clock.now());
  }

  @act(abandonProject, { possible: (project) => project.assertOpen() })
  async abandon(project: Project, { reason }: RequestOf<typeof abandonProject>, { tx }: Act): Promise<void> {
    await interruptReview(tx, project);
    project.abandon(reason, this.clock.now());
  }

  @act(handOverProject, { possible: (project) => project.assertCanHandOver() })
  async handOver(project: Project, request: RequestOf<typeof handOverProject>, { tx }: Act): Promise<void> {
    await interruptReview(tx, project);
    project.handOver(request.facility, request.reason, this.clock.now());
  }

  view({ id }: Project, { tx }: Act): Promise<ProjectView> {
    return this.reader.told(tx, id);
  }

  private async assertOwner(
    tx: Tx,
    { partnershipId, ownerMunicipalityId }: { partnershipId: string; ownerMunicipalityId: string },
  ): Promise<void> {
    const partners = await this.participation.partnerMunicipalities(tx, partnershipId);
    if (!partners.includes(ownerMunicipalityId))
      throw new AppError('PARTNERSHIP_PROJECT_OWNER_INVALID', { ownerMunicipalityId, possible: partners });
  }

  private doing({ caller }: Call): Doing {
    return { by: caller.subject, at: this.clock.now(), today: this.clock.today() };
  }
}

function refuseEnded(status: PartnershipStatus): void {
  if (status === 'ENDED') throw new AppError('PARTNERSHIP_PROJECT_PARTNERSHIP_ENDED');
}
