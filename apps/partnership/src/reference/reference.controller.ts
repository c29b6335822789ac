import { Controller } from '@nestjs/common';
import {
  listCountries,
  listFieldsOfAction,
  listSdgGoals,
  listSdgTargets,
  type ReplyOf,
  type RequestOf,
} from '#contracts';
import { Handle } from '#platform';
import { ReferenceService } from './reference.service';

@Controller()
export class ReferenceController {
  constructor(private readonly reference: ReferenceService) {}

  @Handle(listFieldsOfAction)
  fieldsOfAction(request: RequestOf<typeof listFieldsOfAction>): Promise<ReplyOf<typeof listFieldsOfAction>> {
    return this.reference.fieldsOfAction(request);
  }

  @Handle(listSdgGoals)
  sdgGoals(request: RequestOf<typeof listSdgGoals>): Promise<ReplyOf<typeof listSdgGoals>> {
    return this.reference.sdgGoals(request);
  }

  @Handle(listSdgTargets)
  sdgTargets(request: RequestOf<typeof listSdgTargets>): Promise<ReplyOf<typeof listSdgTargets>> {
    return this.reference.sdgTargets(request);
  }

  @Handle(listCountries)
  countries(request: RequestOf<typeof listCountries>): Promise<ReplyOf<typeof listCountries>> {
    return this.reference.countries(request);
  }
}
