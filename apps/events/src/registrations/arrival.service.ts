import assert from 'node:assert/strict';
import { Injectable } from '@nestjs/common';
import { AppError, asciiAddress, fieldError, type OutgoingMessage, type RequestOf } from '#contracts';
import { createRegistration, type RegistrationView } from '#contracts/events';
import type { Tx } from '#database';
import { type CommandGroup, Commands, type Done, type GroupItem, orRefusal } from '#messaging';
import { type Call, Clock, Handle, newId } from '#platform';
import { readRules } from '#rules';
import { EventService } from '../events/event.service';
import { AddressConfirmationService } from './address-confirmation.service';
import { RegistrantService } from './registrant.service';
import { REGISTRATION_RULES } from './registration-rules';
import { Registration } from './registration.entity';
import { confirmedMessage, offeredMessage, registrationView, waitlistedMessage } from './registration.messages';
import { SeatingService } from './seating.service';

type Creation = RequestOf<typeof createRegistration>;
type Arrival = GroupItem<Creation>;
const FIRST_VERSION = 1;
const DAY_MS = 86_400_000;
type Outcomes = Map<Arrival, Done<RegistrationView> | AppError>;

/**
 * Registers people, in the order in which they arrive. When a registration opens, hundreds come at once for the same seats: those
 * who come side by side share a transaction and one wait for the seats.
 */
@Injectable()
export class ArrivalService {
  private readonly arrivals: CommandGroup<Creation, RegistrationView>;

  constructor(
    commands: Commands,
    private readonly events: EventService,
    private readonly registrants: RegistrantService,
    private readonly seating: SeatingService,
    private readonly addresses: AddressConfirmationService,
    private readonly clock: Clock,
  ) {
    this.arrivals = commands.group((tx, arrivals) => this.registerAll(tx, arrivals));
  }

  @Handle(createRegistration)
  create(request: Creation, call: Call): Promise<RegistrationView> {
    return this.arrivals.join(call, request);
  }

  private async registerAll(tx: Tx, arrivals: readonly Arrival[]): Promise<(Done<RegistrationView> | AppError)[]> {
    const outcomes: Outcomes = new Map();
    const registrants = new Map<Arrival, string | null>();
    const sides = await this.registrants.sidesFor(tx, arrivals);
    const invisible = await this.invisibleTo(tx, arrivals);
    for (const arrival of arrivals) {
      const { input, call } = arrival;
      const municipalityId = await orRefusal(() => this.registrants.municipalityOf(input, call, sides));
      const refusal = municipalityId instanceof AppError ? municipalityId : invisible.get(arrival);
      if (refusal) outcomes.set(arrival, refusal);
      else registrants.set(arrival, municipalityId as string | null);
    }
    const byEvent = Map.groupBy(registrants, ([{ input }]) => input.eventId);
    // Always in one order, so that two groups never wait for each other's seats.
    for (const [eventId, its] of [...byEvent].sort(([a], [b]) => (a < b ? -1 : 1)))
      await this.registerFor(tx, { eventId, registrants: its }, outcomes);
    return arrivals.map((arrival) => {
      const outcome = outcomes.get(arrival);
      assert(outcome, 'an arrival without outcome');
      return outcome;
    });
  }

  /** Those whose event the caller may not see; it is not found. Events belong to nobody: what one sees, all of the same scope do. */
  private async invisibleTo(tx: Tx, arrivals: readonly Arrival[]): Promise<Map<Arrival, AppError>> {
    const refused = new Map<Arrival, AppError>();
    const alike = Map.groupBy(arrivals, ({ input, call }) => `${input.eventId} ${call.scope}`);
    for (const arrivalsAlike of alike.values()) {
      const [{ input, call } = assert.fail()] = arrivalsAlike;
      const refusal = await orRefusal(() => this.events.refuseInvisible(tx, input.eventId, call));
      if (refusal instanceof AppError) for (const arrival of arrivalsAlike) refused.set(arrival, refusal);
    }
    return refused;
  }

  private async registerFor(
    tx: Tx,
    { eventId, registrants }: { eventId: string; registrants: readonly [Arrival, string | null][] },
    outcomes: Outcomes,
  ): Promise<void> {
    const queue = await this.seating.enterQueue(tx, eventId);
    const event = await this.events.find(tx, eventId);
    const heldDays = (await readRules(tx, REGISTRATION_RULES))
      .inForceOn(this.clock.today())
      .value('unconfirmed-seats-held');
    const made = new Map<Registration, Arrival>();
    for (const [arrival, municipalityId] of registrants) {
      const { call, input } = arrival;
      const registration = await orRefusal(() => {
        const now = this.clock.now();
        event.refuseRegistrationUnlessOpen(now, isLate(arrival));
        if (!event.offers(input.attendanceMode)) throw new AppError('EVENTS_ATTENDANCE_MODE_NOT_OFFERED');
        return arriving(arrival, { municipalityId, at: now, heldDays, own: this.addresses.ownAddress(call) });
      });
      if (registration instanceof AppError) outcomes.set(arrival, registration);
      else made.set(registration, arrival);
    }
    const refused = await this.seating.admit(tx, { event, queue }, [...made.keys()]);
    for (const [registration, arrival] of made) outcomes.set(arrival, refused.get(registration) ?? told(registration));
    const admitted = [...made].filter(([registration]) => !refused.has(registration));
    await this.addresses.name(
      tx,
      admitted.map(([registration, { call, input }]) => ({
        registration,
        entries: input.participants,
        confirmed: this.addresses.ownAddress(call),
      })),
    );
  }
}

function isLate({ input: { lateReason }, call }: Arrival): boolean {
  if (lateReason !== undefined && call.scope === 'own') {
    throw fieldError('EVENTS_LATE_ENTRY_NOT_ALLOWED', '#/lateReason', 'is for organisers');
  }
  return lateReason !== undefined;
}

interface Arriving {
  readonly municipalityId: string | null;
  readonly at: Date;
  readonly heldDays: number;
  /** The caller's address, if it is known to be theirs. */
  readonly own: ReadonlyMap<string, Date>;
}

function arriving({ call, input }: Arrival, { municipalityId, at, heldDays, own }: Arriving): Registration {
  const isConfirmed = input.participants.some(({ email }) => own.has(asciiAddress(email)));
  // An organiser answers for whom they register; nobody else's word keeps seats from those who wait.
  const isHeldForAWhile = call.scope === 'own' && !isConfirmed;
  return Registration.arriving({
    id: newId(),
    eventId: input.eventId,
    kind: input.kind,
    registrantGroup: input.group,
    attendanceMode: input.attendanceMode,
    municipalityId,
    registeredBy: call.caller.subject,
    seats: input.participants.length,
    registeredAt: at,
    lateReason: input.lateReason ?? null,
    addressConfirmedAt: isConfirmed ? at : null,
    seatsHeldUntil: isHeldForAWhile ? new Date(at.getTime() + heldDays * DAY_MS) : null,
  });
}

function told(registration: Registration): Done<RegistrationView> {
  return { reply: registrationView(registration), messages: messagesOf(registration) };
}

/** One that waited and was offered its seats by the arrival of another in the same transaction tells both. */
function messagesOf(registration: Registration): OutgoingMessage[] {
  const { id, eventId, municipalityId, status, offerExpiresAt } = registration;
  if (status === 'CONFIRMED') return [confirmedMessage(registration)];
  if (offerExpiresAt === null) return [waitlistedMessage(registration)];
  const arrived = waitlistedMessage({ id, eventId, municipalityId, version: FIRST_VERSION });
  return [arrived, offeredMessage(registration, offerExpiresAt)];
}
