import type { Operation, RequestInputOf } from '#contracts';
import { send } from './call';
import { currentLanguage } from '../i18n/language';
import { httpRequest } from './request';

export interface Downloaded {
  readonly name: string;
  readonly bytes: number;
}

/** Reads a file to its end, telling how much is there, and hands it to the browser to save. Refusals are thrown as Problem. */
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
  for (let part = await reader?.read(); part?.value !== undefined; part = await reader?.read()) {
    parts.push(part.value);
    bytes += part.value.length;
    options.onProgress(bytes);
  }
  const name = nameIn(response.headers.get('content-disposition')) ?? 'file';
  save(new Blob(parts, { type: response.headers.get('content-type') ?? '' }), name);
  return { name, bytes };
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
