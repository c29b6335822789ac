import { Controller } from '@nestjs/common';
import { createMunicipality, getMunicipality, listMunicipalities, type ReplyOf, type RequestOf } from '#contracts';
import { type Call, Handle } from '#platform';
import { MunicipalityService } from './municipality.service';

@Controller()
export class MunicipalityController {
  constructor(private readonly municipalities: MunicipalityService) {}

  @Handle(createMunicipality)
  create(request: RequestOf<typeof createMunicipality>, call: Call): Promise<ReplyOf<typeof createMunicipality>> {
    return this.municipalities.create(request, call);
  }

  @Handle(getMunicipality)
  get({ municipalityId }: RequestOf<typeof getMunicipality>, call: Call): Promise<ReplyOf<typeof getMunicipality>> {
    return this.municipalities.get(municipalityId, call);
  }

  @Handle(listMunicipalities)
  list(request: RequestOf<typeof listMunicipalities>, call: Call): Promise<ReplyOf<typeof listMunicipalities>> {
    return this.municipalities.list(request, call);
  }
}
