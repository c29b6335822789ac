import { Controller } from '@nestjs/common';
import {
  type CommitmentSummary,
  type CommitmentView,
  getCommitment,
  listCommitments,
  type Page,
  type RequestOf,
} from '#contracts';
import { type Call, Handle } from '#platform';
import { CommitmentService } from './commitment.service';

@Controller()
export class CommitmentController {
  constructor(private readonly commitments: CommitmentService) {}

  @Handle(getCommitment)
  get({ commitmentId }: RequestOf<typeof getCommitment>, call: Call): Promise<CommitmentView> {
    return this.commitments.get(commitmentId, call);
  }

  @Handle(listCommitments)
  list(request: RequestOf<typeof listCommitments>, call: Call): Promise<Page<CommitmentSummary>> {
    return this.commitments.list(request, call);
  }
}
