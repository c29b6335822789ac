import { Controller } from '@nestjs/common';
import {
  acceptProofOfUse,
  answerProofQuery,
  createProofOfUse,
  getProofOfUse,
  listProofsOfUse,
  type Page,
  type ProofOfUseSummary,
  type ProofOfUseView,
  queryProofOfUse,
  rejectProofOfUse,
  type RequestOf,
  startProofCheck,
  submitProofOfUse,
} from '#contracts';
import { type Call, Handle } from '#platform';
import { ProofOfUseReader } from './proof-of-use.reader';
import { ProofOfUseService } from './proof-of-use.service';

@Controller()
export class ProofOfUseController {
  constructor(
    private readonly proofs: ProofOfUseService,
    private readonly reader: ProofOfUseReader,
  ) {}

  @Handle(createProofOfUse)
  create(request: RequestOf<typeof createProofOfUse>, call: Call): Promise<ProofOfUseView> {
    return this.proofs.create(request, call);
  }

  @Handle(submitProofOfUse)
  submit(request: RequestOf<typeof submitProofOfUse>, call: Call): Promise<ProofOfUseView> {
    return this.proofs.submit(request, call);
  }

  @Handle(startProofCheck)
  startCheck({ proofOfUseId }: RequestOf<typeof startProofCheck>, call: Call): Promise<ProofOfUseView> {
    return this.proofs.startCheck(proofOfUseId, call);
  }

  @Handle(queryProofOfUse)
  query({ proofOfUseId, text }: RequestOf<typeof queryProofOfUse>, call: Call): Promise<ProofOfUseView> {
    return this.proofs.query(proofOfUseId, text, call);
  }

  @Handle(answerProofQuery)
  answer({ proofOfUseId, text }: RequestOf<typeof answerProofQuery>, call: Call): Promise<ProofOfUseView> {
    return this.proofs.answer(proofOfUseId, text, call);
  }

  @Handle(acceptProofOfUse)
  accept(request: RequestOf<typeof acceptProofOfUse>, call: Call): Promise<ProofOfUseView> {
    return this.proofs.accept(request, call);
  }

  @Handle(rejectProofOfUse)
  reject({ proofOfUseId, reason }: RequestOf<typeof rejectProofOfUse>, call: Call): Promise<ProofOfUseView> {
    return this.proofs.reject(proofOfUseId, reason, call);
  }

  @Handle(getProofOfUse)
  get({ proofOfUseId }: RequestOf<typeof getProofOfUse>, call: Call): Promise<ProofOfUseView> {
    return this.reader.get(proofOfUseId, call);
  }

  @Handle(listProofsOfUse)
  list(request: RequestOf<typeof listProofsOfUse>, call: Call): Promise<Page<ProofOfUseSummary>> {
    return this.reader.list(request, call);
  }
}
