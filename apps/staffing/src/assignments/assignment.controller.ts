import { Controller } from '@nestjs/common';
import {
  cancelAssignment,
  completeAssignment,
  confirmAssignment,
  decideOnAssignment,
  departAssignment,
  getAssignment,
  listAssignments,
  planAssignment,
  prepareAssignment,
  replanAssignment,
  type ReplyOf,
  type RequestOf,
} from '#contracts';
import { type Call, Handle } from '#platform';
import { AssignmentReader } from './assignment.reader';
import { AssignmentService } from './assignment.service';
import { PlanningService } from './planning.service';

type View = Promise<ReplyOf<typeof getAssignment>>;

@Controller()
export class AssignmentController {
  constructor(
    private readonly planning: PlanningService,
    private readonly assignments: AssignmentService,
    private readonly reader: AssignmentReader,
  ) {}

  @Handle(planAssignment)
  plan(request: RequestOf<typeof planAssignment>, call: Call): View {
    return this.planning.plan(request, call);
  }

  @Handle(replanAssignment)
  replan(request: RequestOf<typeof replanAssignment>, call: Call): View {
    return this.planning.replan(request, call);
  }

  @Handle(getAssignment)
  get(request: RequestOf<typeof getAssignment>, call: Call): View {
    return this.reader.get(request, call);
  }

  @Handle(listAssignments)
  list(request: RequestOf<typeof listAssignments>, call: Call): Promise<ReplyOf<typeof listAssignments>> {
    return this.reader.list(request, call);
  }

  @Handle(decideOnAssignment)
  decide(request: RequestOf<typeof decideOnAssignment>, call: Call): View {
    return this.assignments.decide(request, call);
  }

  @Handle(confirmAssignment)
  confirm(request: RequestOf<typeof confirmAssignment>, call: Call): View {
    return this.assignments.confirm(request, call);
  }

  @Handle(prepareAssignment)
  prepare(request: RequestOf<typeof prepareAssignment>, call: Call): View {
    return this.assignments.prepare(request, call);
  }

  @Handle(departAssignment)
  depart(request: RequestOf<typeof departAssignment>, call: Call): View {
    return this.assignments.depart(request, call);
  }

  @Handle(completeAssignment)
  complete(request: RequestOf<typeof completeAssignment>, call: Call): View {
    return this.assignments.complete(request, call);
  }

  @Handle(cancelAssignment)
  cancel(request: RequestOf<typeof cancelAssignment>, call: Call): View {
    return this.assignments.cancel(request, call);
  }
}
