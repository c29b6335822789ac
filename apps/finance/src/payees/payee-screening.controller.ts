import { Controller } from '@nestjs/common';
import { type RequestOf, screenPayee, type ScreeningView } from '#contracts';
import { type Call, Handle } from '#platform';
import { PayeeScreeningService } from './payee-screening.service';

@Controller()
export class PayeeScreeningController {
  constructor(private readonly screenings: PayeeScreeningService) {}

  @Handle(screenPayee)
  screen(request: RequestOf<typeof screenPayee>, call: Call): Promise<ScreeningView> {
    return this.screenings.screen(request, call);
  }
}
