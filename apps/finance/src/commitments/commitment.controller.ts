import { Controller } from '@nestjs/common';
import {
  changeCommitmentRate,
  type CommitmentSummary,
  type CommitmentView,
  getCommitment,
  listCommitments,
  type Page,
  requestCommitmentCover,
  type RequestOf,
} from '#contracts';
import { type Call, Handle } from '#platform';
import { CommitmentService } from './commitment.service';
import { RateChangeService } from './rate-change.service';
import { UncoveredChangeService } from './uncovered-change.service';

@Controller()
export class CommitmentController {
  constructor(
    private readonly commitments: CommitmentService,
    private readonly rateChanges: RateChangeService,
    private readonly uncovered: UncoveredChangeService,
  ) {}

  @Handle(changeCommitmentRate)
  changeRate(request: RequestOf<typeof changeCommitmentRate>, call: Call): Promise<CommitmentView> {
    return this.rateChanges.change(request, call);
  }

  @Handle(requestCommitmentCover)
  requestCover(request: RequestOf<typeof requestCommitmentCover>, call: Call): Promise<CommitmentView> {
    return this.uncovered.request(request, call);
  }

  @Handle(getCommitment)
  get({ commitmentId }: RequestOf<typeof getCommitment>, call: Call): Promise<CommitmentView> {
    return this.commitments.get(commitmentId, call);
  }

  @Handle(listCommitments)
  list(request: RequestOf<typeof listCommitments>, call: Call): Promise<Page<CommitmentSummary>> {
    return this.commitments.list(request, call);
  }
}
