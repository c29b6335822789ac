import { Injectable } from '@nestjs/common';

const BERLIN_DAY = new Intl.DateTimeFormat('en-CA', {
  timeZone: 'Europe/Berlin',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
});

/** The only source of time in the code. Money decisions and order never depend on it: they use the database's versions and locks. */
@Injectable()
export class Clock {
  now(): Date {
    return new Date();
  }

  /** Today's legal date, `YYYY-MM-DD` in Europe/Berlin: budget years and deadlines follow it. */
  today(): string {
    return dayInBerlin(this.now());
  }
}

/** The calendar day of an instant in Europe/Berlin, `YYYY-MM-DD`. */
export function dayInBerlin(instant: Date): string {
  return BERLIN_DAY.format(instant);
}

/** A clock for tests that stands still until it is told to move. */
export class FixedClock extends Clock {
  private instant: Date;

  constructor(instant: string) {
    super();
    this.instant = new Date(instant);
  }

  override now(): Date {
    return new Date(this.instant);
  }

  set(instant: string): void {
    this.instant = new Date(instant);
  }

  advance(milliseconds: number): void {
    this.instant = new Date(this.instant.getTime() + milliseconds);
  }
}
