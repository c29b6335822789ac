import { Controller } from '@nestjs/common';
import {
  createDrawdown,
  type DrawdownUseView,
  type DrawdownSummary,
  type DrawdownView,
  getDrawdown,
  getDrawdownUse,
  listDrawdowns,
  type Page,
  receiveDrawdown,
  type RequestOf,
} from '#contracts';
import { type Call, Handle } from '#platform';
import { DrawdownUseService } from './drawdown-use.service';
import { DrawdownService } from './drawdown.service';

@Controller()
export class DrawdownController {
  constructor(
    private readonly drawdowns: DrawdownService,
    private readonly uses: DrawdownUseService,
  ) {}

  @Handle(createDrawdown)
  create(request: RequestOf<typeof createDrawdown>, call: Call): Promise<DrawdownView> {
    return this.drawdowns.create(request, call);
  }

  @Handle(receiveDrawdown)
  receive(request: RequestOf<typeof receiveDrawdown>, call: Call): Promise<DrawdownView> {
    return this.drawdowns.receive(request, call);
  }

  @Handle(getDrawdown)
  get({ drawdownId }: RequestOf<typeof getDrawdown>): Promise<DrawdownView> {
    return this.drawdowns.get(drawdownId);
  }

  @Handle(listDrawdowns)
  list(request: RequestOf<typeof listDrawdowns>): Promise<Page<DrawdownSummary>> {
    return this.drawdowns.list(request);
  }

  @Handle(getDrawdownUse)
  use(request: RequestOf<typeof getDrawdownUse>): Promise<DrawdownUseView> {
    return this.uses.use(request);
  }
}
