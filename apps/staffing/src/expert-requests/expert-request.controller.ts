import { Controller } from '@nestjs/common';
import {
  assessExpertRequest,
  changeExpertRequest,
  checkExpertRequest,
  createExpertRequest,
  getExpertRequest,
  listAssessmentCriteria,
  listExpertRequests,
  recommendExpertRequest,
  type ReplyOf,
  type RequestOf,
  selectExpertRequest,
  signExpertRequest,
  submitExpertRequest,
  withdrawExpertRequest,
} from '#contracts';
import { type Call, Handle } from '#platform';
import { AssessmentService } from './assessment.service';
import { ExpertRequestReader } from './expert-request.reader';
import { ExpertRequestService } from './expert-request.service';
import { SubmissionService } from './submission.service';

type View = Promise<ReplyOf<typeof getExpertRequest>>;

@Controller()
export class ExpertRequestController {
  constructor(
    private readonly requests: ExpertRequestService,
    private readonly submissions: SubmissionService,
    private readonly assessments: AssessmentService,
    private readonly reader: ExpertRequestReader,
  ) {}

  @Handle(createExpertRequest)
  create(request: RequestOf<typeof createExpertRequest>, call: Call): View {
    return this.requests.create(request, call);
  }

  @Handle(changeExpertRequest)
  change(request: RequestOf<typeof changeExpertRequest>, call: Call): View {
    return this.requests.change(request, call);
  }

  @Handle(getExpertRequest)
  get(request: RequestOf<typeof getExpertRequest>, call: Call): View {
    return this.reader.get(request, call);
  }

  @Handle(listExpertRequests)
  list(request: RequestOf<typeof listExpertRequests>, call: Call): Promise<ReplyOf<typeof listExpertRequests>> {
    return this.reader.list(request, call);
  }

  @Handle(signExpertRequest)
  sign(request: RequestOf<typeof signExpertRequest>, call: Call): View {
    return this.requests.sign(request, call);
  }

  @Handle(submitExpertRequest)
  submit(request: RequestOf<typeof submitExpertRequest>, call: Call): View {
    return this.submissions.submit(request, call);
  }

  @Handle(checkExpertRequest)
  check(request: RequestOf<typeof checkExpertRequest>, call: Call): View {
    return this.requests.check(request, call);
  }

  @Handle(assessExpertRequest)
  assess(request: RequestOf<typeof assessExpertRequest>, call: Call): View {
    return this.assessments.assess(request, call);
  }

  @Handle(recommendExpertRequest)
  recommend(request: RequestOf<typeof recommendExpertRequest>, call: Call): View {
    return this.requests.recommend(request, call);
  }

  @Handle(selectExpertRequest)
  select(request: RequestOf<typeof selectExpertRequest>, call: Call): View {
    return this.requests.select(request, call);
  }

  @Handle(withdrawExpertRequest)
  withdraw(request: RequestOf<typeof withdrawExpertRequest>, call: Call): View {
    return this.requests.withdraw(request, call);
  }

  @Handle(listAssessmentCriteria)
  criteria(request: RequestOf<typeof listAssessmentCriteria>): Promise<ReplyOf<typeof listAssessmentCriteria>> {
    return this.assessments.criteria(request);
  }
}
