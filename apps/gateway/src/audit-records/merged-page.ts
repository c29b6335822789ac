import { z } from 'zod';
import {
  AppError,
  type AuditRecordList,
  type AuditRecordView,
  type Page,
  SERVICES,
  type ServiceName,
} from '#contracts';

/** Where each service's part goes on: its own signed cursor, null when it is read to its end, and absent at its beginning. */
const Places = z.partialRecord(z.enum(SERVICES), z.string().max(900).nullable());
export type Places = z.infer<typeof Places>;

/** What one service answered; undefined when it did not. */
export type Part = Page<AuditRecordView> | undefined;

/** PLATFORM_CURSOR_INVALID unless it is one of ours; each service checks its own part of it again. */
export function placesOf(cursor: string | undefined): Places {
  if (cursor === undefined) return {};
  try {
    return Places.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString()));
  } catch (error) {
    throw new AppError('PLATFORM_CURSOR_INVALID', undefined, { cause: error });
  }
}

/**
 * The newest records of all parts, in their common order. The page ends early where the next record of a service is not known yet.
 * A service that did not answer is named and keeps its place, so that its records follow as soon as it does.
 */
export function mergedPage(parts: ReadonlyMap<ServiceName, Part>, places: Places, limit: number): AuditRecordList {
  const items: AuditRecordView[] = [];
  const next: Places = { ...places };
  const taken = new Map<ServiceName, number>();
  const answered = [...parts].flatMap(([service, part]) => (part ? [{ service, part }] : []));
  while (items.length < limit) {
    const heads = answered.map(({ service, part }) => ({ service, part, head: part.items[taken.get(service) ?? 0] }));
    if (heads.some(({ head, part }) => !head && part.page.next !== null)) break;
    const [newest] = heads
      .flatMap(({ service, head }) => (head ? [{ service, head }] : []))
      .sort((a, b) => b.head.recordedAt.localeCompare(a.head.recordedAt));
    if (!newest) break;
    items.push(newest.head);
    taken.set(newest.service, (taken.get(newest.service) ?? 0) + 1);
    next[newest.service] = newest.head.cursor;
  }
  for (const { service, part } of answered) {
    if (part.page.next === null && (taken.get(service) ?? 0) === part.items.length) next[service] = null;
  }
  const unavailable = [...parts].flatMap(([service, part]) => (part ? [] : [service]));
  return { items, unavailable, page: { limit, next: isRead(next) ? null : cursorOf(next), prev: null } };
}

function isRead(places: Places): boolean {
  return SERVICES.every((service) => places[service] === null);
}

function cursorOf(places: Places): string {
  return Buffer.from(JSON.stringify(places)).toString('base64url');
}
