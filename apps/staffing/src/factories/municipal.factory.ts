import { z } from 'zod';
import type { Message, OutgoingMessage } from '#contracts';
import { partnershipRecorded, type Side } from '#contracts/partnership';
import { newId } from '#platform';
import { eventually, type TestService } from '#testing';

/** Publishes messages as their services would, and waits until each was taken in or set aside. */
export async function deliver(app: TestService, ...messages: OutgoingMessage[]): Promise<void> {
  const before = await taken(app);
  for (const message of messages) await app.publish(message);
  await eventually(async () => {
    expect(await taken(app)).toBe(before + messages.length);
  }, 30_000);
}

async function taken(app: TestService): Promise<number> {
  const [row] = await app.database.query<{ count: number }>(
    'SELECT ((SELECT count(*) FROM inbox_message) + (SELECT count(*) FROM dead_letter))::int AS count',
  );
  return row?.count ?? 0;
}

/** A German and a Tanzanian municipality in one partnership, as the partnership service would publish them. */
export function partnership(overrides: Partial<Partnership> = {}): Partnership {
  return { id: newId(), german: newId(), partner: newId(), partnerCountry: 'TZ', ...overrides };
}

export interface Partnership {
  readonly id: string;
  readonly german: string;
  readonly partner: string;
  readonly partnerCountry: string;
}

export function partnershipMessage(
  { id, german, partner, partnerCountry }: Partnership,
  change: { version?: number; participants?: Participation[] } = {},
): OutgoingMessage {
  const participants: Participation[] = change.participants ?? [
    { municipalityId: german, side: 'DE', country: 'DE', name: 'Tübingen' },
    { municipalityId: partner, side: 'PARTNER', country: partnerCountry, name: 'Moshi' },
  ];
  return partnershipRecorded.of({
    aggregateId: id,
    aggregateVersion: change.version ?? 1,
    data: {
      partnershipId: id,
      kind: 'PARTNERSHIP',
      status: 'ACTIVE',
      period: null,
      participants,
      fieldsOfAction: [{ key: 'waste_management', percent: 100 }],
    },
  });
}

interface Participation {
  municipalityId: string;
  side: Side;
  country: string;
  name: string;
}

/** A message of the right kind whose body is not what its declaration says. */
export function malformedMessage(message: Message, data: Record<string, unknown>): OutgoingMessage {
  const declaration: Message = { ...message, data: z.looseObject({}) };
  return { declaration, aggregateId: newId(), aggregateVersion: 1, data };
}
