import { Controller } from '@nestjs/common';
import {
  cancelEvent,
  createEvent,
  type EventSummary,
  type EventView,
  getEvent,
  listEvents,
  type Page,
  publishEvent,
  type RequestOf,
} from '#contracts';
import { type Call, Handle } from '#platform';
import { EventReader } from './event.reader';
import { EventService } from './event.service';

@Controller()
export class EventController {
  constructor(
    private readonly events: EventService,
    private readonly reader: EventReader,
  ) {}

  @Handle(createEvent)
  create(request: RequestOf<typeof createEvent>, call: Call): Promise<EventView> {
    return this.events.create(request, call);
  }

  @Handle(listEvents)
  list(request: RequestOf<typeof listEvents>, call: Call): Promise<Page<EventSummary>> {
    return this.reader.list(request, call);
  }

  @Handle(getEvent)
  get(request: RequestOf<typeof getEvent>, call: Call): Promise<EventView> {
    return this.reader.get(request, call);
  }

  @Handle(publishEvent)
  publish(request: RequestOf<typeof publishEvent>, call: Call): Promise<EventView> {
    return this.events.publish(request, call);
  }

  @Handle(cancelEvent)
  cancel(request: RequestOf<typeof cancelEvent>, call: Call): Promise<EventView> {
    return this.events.cancel(request, call);
  }
}
