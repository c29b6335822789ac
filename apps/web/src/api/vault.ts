import { type DBSchema, type IDBPDatabase, openDB } from 'idb';
import { send } from './call';

/** How long keys are used before it is asked whether there are newer ones. */
const KEYS_FRESH_MS = 24 * 3600 * 1000;
const IV_BYTES = 12;

interface KeyRow {
  readonly id: string;
  readonly subject: string;
  readonly key: CryptoKey;
  readonly order: number;
  readonly fetchedAt: number;
}

interface SealedRow {
  /** `<subject>/<name>`. */
  readonly name: string;
  readonly keyId: string;
  readonly iv: Uint8Array<ArrayBuffer>;
  readonly bytes: ArrayBuffer;
}

interface Vaults extends DBSchema {
  keys: { key: string; value: KeyRow };
  sealed: { key: string; value: SealedRow };
}

let database: Promise<IDBPDatabase<Vaults>> | undefined;

function open(): Promise<IDBPDatabase<Vaults>> {
  database ??= openDB<Vaults>('vault', 1, {
    upgrade(db) {
      db.createObjectStore('keys', { keyPath: 'id' });
      db.createObjectStore('sealed', { keyPath: 'name' });
    },
  });
  return database;
}

/**
 * Lets whoever is signed in read and write what this browser keeps for them. The keys come from the server and lie here so that no script
 * can take them out; they outlive the window, since a draft has to be read where there is no line.
 */
export async function unlock(subject: string): Promise<void> {
  const db = await open();
  const known = (await db.getAll('keys')).filter((row) => row.subject === subject);
  if (known.some(({ fetchedAt }) => now() - fetchedAt < KEYS_FRESH_MS)) return;
  const response = await send('/auth/draft-keys', { headers: { accept: 'application/json' } });
  const { keys } = (await response.json()) as { keys: { id: string; key: string }[] };
  const rows = await Promise.all(
    keys.map(async ({ id, key }, order): Promise<KeyRow> => {
      const bytes = Uint8Array.from(atob(key), (letter) => letter.charCodeAt(0));
      const usages: KeyUsage[] = ['encrypt', 'decrypt'];
      return {
        id,
        subject,
        order,
        fetchedAt: now(),
        key: await crypto.subtle.importKey('raw', bytes, 'AES-GCM', false, usages),
      };
    }),
  );
  const { store, done } = db.transaction('keys', 'readwrite');
  await Promise.all([store.clear(), ...rows.map((row) => store.put(row)), done]);
}

/** Nobody reads what is kept here until the same person signs in again. */
export async function lock(): Promise<void> {
  await (await open()).clear('keys');
}

/** Nothing, where nobody is signed in. */
export async function get<T>(name: string): Promise<T | undefined> {
  const db = await open();
  const key = await firstKey(db);
  const row = key && (await db.get('sealed', placeOf(key, name)));
  return row && unseal<T>(db, row);
}

/** What is kept under names that begin alike, in the sequence of the names. */
export async function list<T>(prefix: string): Promise<T[]> {
  const db = await open();
  const key = await firstKey(db);
  if (!key) return [];
  const from = placeOf(key, prefix);
  const rows = await db.getAll('sealed', IDBKeyRange.bound(from, `${from}\uffff`));
  return (await Promise.all(rows.map((row) => unseal<T>(db, row)))).flatMap((value) => value ?? []);
}

/** Seals a value and resolves when it is written. Throws where nobody is signed in. */
export async function put(name: string, value: unknown): Promise<void> {
  const db = await open();
  const key = await firstKey(db);
  if (!key) throw new Error('nothing is kept for whoever is not signed in');
  const place = placeOf(key, name);
  const iv = crypto.getRandomValues(new Uint8Array(IV_BYTES));
  const text = new TextEncoder().encode(JSON.stringify(value));
  const bytes = await crypto.subtle.encrypt(algorithm(iv, place), key.key, text);
  await db.put('sealed', { name: place, keyId: key.id, iv, bytes });
}

export async function remove(name: string): Promise<void> {
  const db = await open();
  const key = await firstKey(db);
  if (key) await db.delete('sealed', placeOf(key, name));
}

async function firstKey(db: IDBPDatabase<Vaults>): Promise<KeyRow | undefined> {
  return (await db.getAll('keys')).sort((a, b) => a.order - b.order)[0];
}

/** Undefined for what a key sealed that the server has given up since. */
async function unseal<T>(db: IDBPDatabase<Vaults>, { name, keyId, iv, bytes }: SealedRow): Promise<T | undefined> {
  const row = await db.get('keys', keyId);
  if (!row) return undefined;
  const text = await crypto.subtle.decrypt(algorithm(iv, name), row.key, bytes);
  return JSON.parse(new TextDecoder().decode(text)) as T;
}

/** Of the browser: it only says when to ask again. */
function now(): number {
  return performance.timeOrigin + performance.now();
}

function algorithm(iv: Uint8Array<ArrayBuffer>, place: string): AesGcmParams {
  return { name: 'AES-GCM', iv, additionalData: new TextEncoder().encode(place) };
}

function placeOf({ subject }: KeyRow, name: string): string {
  return `${encodeURIComponent(subject)}/${name}`;
}
