import { unzipSync } from 'fflate';

/** Why a container was not opened. */
export type ContainerFault = 'unreadable' | 'tooMany' | 'tooLarge' | 'empty';

export class ContainerRefused extends Error {
  constructor(readonly fault: ContainerFault) {
    super(`the container is ${fault}`);
  }
}

/** What a bank packs for a day of all accounts is far below; what is above is a mistake or a bomb. */
export const MEMBERS_MAX = 200;
export const UNPACKED_BYTES_MAX = 64 * 1024 * 1024;
const ZIP = [0x50, 0x4b];

/**
 * The files in a bank's container (ZIP, as EBICS C53 and C54 deliver it), in its sequence; any other file is itself. Each is sent by
 * itself, so that one that is refused holds up no other. Throws ContainerRefused.
 */
export async function unpacked(file: File): Promise<readonly File[]> {
  const start = new Uint8Array(await file.slice(0, ZIP.length).arrayBuffer());
  if (!ZIP.every((byte, index) => start[index] === byte)) return [file];
  const members = Object.entries(opened(new Uint8Array(await file.arrayBuffer())));
  if (members.length === 0) throw new ContainerRefused('empty');
  return members.map(([name, bytes]) => new File([bytes], `${file.name}: ${name}`));
}

function opened(bytes: Uint8Array): Record<string, Uint8Array<ArrayBuffer>> {
  let members = 0;
  let size = 0;
  const filter = ({ name, originalSize }: { name: string; originalSize: number }): boolean => {
    // Folders, and what a Mac adds.
    if (name.endsWith('/') || name.startsWith('__MACOSX/')) return false;
    members += 1;
    size += originalSize;
    if (members > MEMBERS_MAX) throw new ContainerRefused('tooMany');
    // Said before it is unpacked; more than it says is cut off by the library and refused by the check of the file.
    if (size > UNPACKED_BYTES_MAX) throw new ContainerRefused('tooLarge');
    return true;
  };
  try {
    return unzipSync(bytes, { filter });
  } catch (error) {
    if (error instanceof ContainerRefused) throw error;
    throw new ContainerRefused('unreadable');
  }
}
