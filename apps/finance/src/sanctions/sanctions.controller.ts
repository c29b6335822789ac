import { Controller } from '@nestjs/common';
import {
  decideScreening,
  getSanctionsList,
  getScreening,
  getScreeningStatus,
  importSanctionsList,
  listSanctionsLists,
  listScreenings,
  type Page,
  type RequestOf,
  type SanctionsListView,
  type ScreeningStatusView,
  type ScreeningSummary,
  type ScreeningView,
} from '#contracts';
import { type Call, Handle } from '#platform';
import { SanctionsListService } from './sanctions-list.service';
import { ScreeningService } from './screening.service';

@Controller()
export class SanctionsController {
  constructor(
    private readonly lists: SanctionsListService,
    private readonly screenings: ScreeningService,
  ) {}

  @Handle(importSanctionsList)
  import(request: RequestOf<typeof importSanctionsList>, call: Call): Promise<SanctionsListView> {
    return this.lists.import(request, call);
  }

  @Handle(getSanctionsList)
  getList({ sanctionsListId }: RequestOf<typeof getSanctionsList>): Promise<SanctionsListView> {
    return this.lists.get(sanctionsListId);
  }

  @Handle(listSanctionsLists)
  listLists(request: RequestOf<typeof listSanctionsLists>): Promise<Page<SanctionsListView>> {
    return this.lists.list(request);
  }

  @Handle(getScreeningStatus)
  status(): Promise<ScreeningStatusView> {
    return this.screenings.status();
  }

  @Handle(getScreening)
  get({ screeningId }: RequestOf<typeof getScreening>): Promise<ScreeningView> {
    return this.screenings.get(screeningId);
  }

  @Handle(listScreenings)
  list(request: RequestOf<typeof listScreenings>): Promise<Page<ScreeningSummary>> {
    return this.screenings.list(request);
  }

  @Handle(decideScreening)
  decide(request: RequestOf<typeof decideScreening>, call: Call): Promise<ScreeningView> {
    return this.screenings.decide(request, call);
  }
}
