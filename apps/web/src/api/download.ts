import type { Operation, RequestInputOf } from '#contracts';
import { send } from './call';
import { Problem } from './problem';
import { currentLanguage } from '../i18n/language';
import { httpRequest } from './request';

export interface Downloaded {
  readonly name: string;
  readonly bytes: number;
}

/**
 * Reads a file to its end, telling how much is there, and hands it to the browser to save: never a part of it, however it ended.
 * Refusals are thrown as Problem.
 */
export async function download<O extends Operation>(
  operation: O,
  input: RequestInputOf<O>,
  options: { readonly onProgress: (bytes: number) => void; readonly signal: AbortSignal },
): Promise<Downloaded> {
  const { url } = httpRequest(operation, input);
  const response = await send(url, { headers: { 'accept-language': currentLanguage() }, signal: options.signal });
  const parts: Uint8Array<ArrayBuffer>[] = [];
  let bytes = 0;
  const reader = response.body?.getReader();
  const next = () => reader?.read().catch(brokenOff);
  for (let part = await next(); part?.value !== undefined; part = await next()) {
    parts.push(part.value);
    bytes += part.value.length;
    options.onProgress(bytes);
  }
  const name = nameIn(response.headers.get('content-disposition')) ?? 'file';
  save(new Blob(parts, { type: response.headers.get('content-type') ?? '' }), name);
  return { name, bytes };
}

function brokenOff(error: unknown): never {
  if (error instanceof DOMException && error.name === 'AbortError') throw error;
  throw new Problem({ status: 0, code: 'UNREACHABLE', detail: '' }, { cause: error });
}

function nameIn(disposition: string | null): string | undefined {
  return /filename="([^"]+)"/.exec(disposition ?? '')?.[1];
}

function save(blob: Blob, name: string): void {
  const address = URL.createObjectURL(blob);
  const link = Object.assign(document.createElement('a'), { href: address, download: name });
  link.click();
  URL.revokeObjectURL(address);
}
