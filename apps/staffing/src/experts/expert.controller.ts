import { Controller } from '@nestjs/common';
import { changeExpert, createExpert, getExpert, listExperts, type ReplyOf, type RequestOf } from '#contracts';
import { type Call, Handle } from '#platform';
import { ExpertService } from './expert.service';

type View = Promise<ReplyOf<typeof getExpert>>;

@Controller()
export class ExpertController {
  constructor(private readonly experts: ExpertService) {}

  @Handle(createExpert)
  create(request: RequestOf<typeof createExpert>, call: Call): View {
    return this.experts.create(request, call);
  }

  @Handle(changeExpert)
  change(request: RequestOf<typeof changeExpert>, call: Call): View {
    return this.experts.change(request, call);
  }

  @Handle(getExpert)
  get(request: RequestOf<typeof getExpert>, call: Call): View {
    return this.experts.get(request, call);
  }

  @Handle(listExperts)
  list(request: RequestOf<typeof listExperts>, call: Call): Promise<ReplyOf<typeof listExperts>> {
    return this.experts.list(request, call);
  }
}
