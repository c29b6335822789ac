import { Controller } from '@nestjs/common';
import {
  type AssignmentView,
  endAssignmentEarly,
  extendAssignment,
  interruptAssignment,
  type RequestOf,
  resumeAssignment,
} from '#contracts';
import { type Call, Handle } from '#platform';
import { AssignmentChangeService } from './assignment-change.service';

@Controller()
export class AssignmentChangeController {
  constructor(private readonly changes: AssignmentChangeService) {}

  @Handle(extendAssignment)
  extend(request: RequestOf<typeof extendAssignment>, call: Call): Promise<AssignmentView> {
    return this.changes.extend(request, call);
  }

  @Handle(interruptAssignment)
  interrupt(request: RequestOf<typeof interruptAssignment>, call: Call): Promise<AssignmentView> {
    return this.changes.interrupt(request, call);
  }

  @Handle(resumeAssignment)
  resume(request: RequestOf<typeof resumeAssignment>, call: Call): Promise<AssignmentView> {
    return this.changes.resume(request, call);
  }

  @Handle(endAssignmentEarly)
  endEarly(request: RequestOf<typeof endAssignmentEarly>, call: Call): Promise<AssignmentView> {
    return this.changes.endEarly(request, call);
  }
}
