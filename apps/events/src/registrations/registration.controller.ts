import { Controller } from '@nestjs/common';
import {
  type AccessibilityNeedView,
  cancelRegistration,
  checkInRegistration,
  confirmRegistration,
  createRegistration,
  type EventParticipantView,
  getRegistration,
  listAccessibilityNeeds,
  listEventParticipants,
  listRegistrations,
  listWaitingList,
  type Page,
  type RegistrationView,
  type RequestOf,
  type WaitingListEntryView,
} from '#contracts';
import { type Call, Handle } from '#platform';
import { RegistrationReader } from './registration.reader';
import { RegistrationService } from './registration.service';

@Controller()
export class RegistrationController {
  constructor(
    private readonly registrations: RegistrationService,
    private readonly reader: RegistrationReader,
  ) {}

  @Handle(createRegistration)
  create(request: RequestOf<typeof createRegistration>, call: Call): Promise<RegistrationView> {
    return this.registrations.create(request, call);
  }

  @Handle(listRegistrations)
  list(request: RequestOf<typeof listRegistrations>, call: Call): Promise<Page<RegistrationView>> {
    return this.reader.list(request, call);
  }

  @Handle(getRegistration)
  get(request: RequestOf<typeof getRegistration>, call: Call): Promise<RegistrationView> {
    return this.reader.get(request, call);
  }

  @Handle(listWaitingList)
  listWaiting(request: RequestOf<typeof listWaitingList>, call: Call): Promise<Page<WaitingListEntryView>> {
    return this.reader.listWaiting(request, call);
  }

  @Handle(listEventParticipants)
  listParticipants(request: RequestOf<typeof listEventParticipants>, call: Call): Promise<Page<EventParticipantView>> {
    return this.reader.listParticipants(request, call);
  }

  @Handle(listAccessibilityNeeds)
  listNeeds(request: RequestOf<typeof listAccessibilityNeeds>): Promise<Page<AccessibilityNeedView>> {
    return this.reader.listNeeds(request);
  }

  @Handle(confirmRegistration)
  confirm(request: RequestOf<typeof confirmRegistration>, call: Call): Promise<RegistrationView> {
    return this.registrations.confirm(request, call);
  }

  @Handle(cancelRegistration)
  cancel(request: RequestOf<typeof cancelRegistration>, call: Call): Promise<RegistrationView> {
    return this.registrations.cancel(request, call);
  }

  @Handle(checkInRegistration)
  checkIn(request: RequestOf<typeof checkInRegistration>, call: Call): Promise<RegistrationView> {
    return this.registrations.checkIn(request, call);
  }
}
