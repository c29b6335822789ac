import { once } from 'node:events';
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { createServer } from 'node:net';
import { StartUpFault } from '#platform/settings';
import type { StackSettings } from './settings';
import { opsPort } from './environment';
import { SERVICE_NAMES } from './service-names';

interface NeededPort {
  readonly purpose: string;
  readonly port: number;
  readonly variable: string;
}

/** Throws one sentence for each port that something else uses, before anything is started. */
export async function assertPortsAreFree(settings: StackSettings): Promise<void> {
  const taken: string[] = [];
  for (const { purpose, port, variable } of neededPorts(settings)) {
    if (await isFree(port, purpose === 'the gateway' ? settings.HOST : '127.0.0.1')) continue;
    taken.push(
      `  - Port ${port} (${purpose}) is taken by ${ownerOf(port) ?? 'a process that this user may not see'}. Another one: ${variable}=<port> npm start`,
    );
  }
  if (taken.length > 0) throw new Error(`Nothing was started, because ports are taken:\n${taken.join('\n')}`);
}

function neededPorts(settings: StackSettings): NeededPort[] {
  return [
    { purpose: 'the gateway', port: settings.PORT, variable: 'PORT' },
    ...(settings.OIDC_ISSUER
      ? []
      : [{ purpose: 'the demo identity provider', port: settings.OIDC_PORT, variable: 'OIDC_PORT' }]),
    ...(settings.DATABASE_ADMIN_URL
      ? []
      : [{ purpose: 'Postgres', port: settings.POSTGRES_PORT, variable: 'POSTGRES_PORT' }]),
    ...(settings.NATS_URL ? [] : [{ purpose: 'NATS', port: settings.NATS_PORT, variable: 'NATS_PORT' }]),
    ...([...SERVICE_NAMES, 'gateway'] as const).map((service) => ({
      purpose: `health of ${service}`,
      port: opsPort(settings, service),
      variable: 'OPS_PORTS_FROM',
    })),
  ];
}

async function isFree(port: number, host: string): Promise<boolean> {
  const server = createServer();
  try {
    server.listen({ port, host, exclusive: true });
    await once(server, 'listening');
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EADDRINUSE') return false;
    throw faultOf(error, { port, host });
  } finally {
    if (server.listening) {
      server.close();
      await once(server, 'close');
    }
  }
}

function faultOf(error: unknown, { port, host }: { port: number; host: string }): StartUpFault {
  const { code = '', message } = error as NodeJS.ErrnoException;
  const sentence = {
    EADDRNOTAVAIL: `HOST: ${host} is no address of this machine`,
    ENOTFOUND: `HOST: ${host} is no name of this machine`,
    EACCES: `Port ${port} may be used by root only; take one from 1024 on`,
  }[code];
  return new StartUpFault(`${sentence ?? `Port ${port} at ${host} cannot be used`} (${message}).`, { cause: error });
}

/** The process that listens on a port, as `command (process 123)`; Linux tells, other systems do not. */
function ownerOf(port: number): string | undefined {
  const inodes = new Set(['/proc/net/tcp', '/proc/net/tcp6'].flatMap((table) => listeningInodes(table, port)));
  if (inodes.size === 0) return undefined;
  for (const pid of numbersIn('/proc')) {
    for (const descriptor of numbersIn(`/proc/${pid}/fd`)) {
      const inode = /^socket:\[(\d+)\]$/.exec(linkOf(`/proc/${pid}/fd/${descriptor}`))?.[1];
      if (inode && inodes.has(inode)) return `"${commandOf(pid)}" (process ${pid})`;
    }
  }
  return undefined;
}

const LISTENING = '0A';

function listeningInodes(table: string, port: number): string[] {
  const hexPort = port.toString(16).toUpperCase().padStart(4, '0');
  return linesOf(table)
    .map((line) => line.trim().split(/\s+/))
    .filter((fields) => fields[1]?.endsWith(`:${hexPort}`) && fields[3] === LISTENING)
    .map((fields) => fields[9] ?? '');
}

function commandOf(pid: number): string {
  return linesOf(`/proc/${pid}/cmdline`).join(' ').replaceAll('\0', ' ').trim().slice(0, 200);
}

// Processes come and go while they are looked at, and those of other users are closed to us: both read as empty.
function linesOf(file: string): string[] {
  try {
    return readFileSync(file, 'utf8').split('\n');
  } catch {
    return [];
  }
}

function numbersIn(folder: string): number[] {
  try {
    return readdirSync(folder).map(Number).filter(Number.isInteger);
  } catch {
    return [];
  }
}

function linkOf(path: string): string {
  try {
    return readlinkSync(path);
  } catch {
    return '';
  }
}
