import { createHash } from 'node:crypto';
import { chmodSync, copyFileSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { NatsServerSource } from './nats-server-source';
import { runCommand } from './run-command';

const VERSION = '2.12.15';
// The checksums that the official container image of this version verifies its download with (nats-io/nats-docker).
const SHA256: Readonly<Record<string, string>> = {
  'linux-amd64': '58ab8131f819263897e2fc38e503e1b755b63bcafeecc7d12582487df48ca15e',
  'linux-arm64': 'b724db99fefbf8f5c808baa82819ee50350aee9734017e4a478f7e545cef3ab6',
};
const CONNECT_TIMEOUT_MS = 3_000;
const DOWNLOAD_TIMEOUT_MS = 120_000;

/** Fetches the pinned release from GitHub and takes it only when its checksum is the pinned one. */
export const officialRelease: NatsServerSource = async (target, say) => {
  const platform = `${process.platform}-${process.arch === 'x64' ? 'amd64' : process.arch}`;
  const checksum = SHA256[platform];
  if (!checksum) return { problem: `no release of nats-server is pinned for ${platform}` };
  const name = `nats-server-v${VERSION}-${platform}`;
  const url = `https://github.com/nats-io/nats-server/releases/download/v${VERSION}/${name}.tar.gz`;
  say(`Fetching nats-server ${VERSION} from github.com.`);
  const work = mkdtempSync(join(tmpdir(), 'fund-nats-'));
  try {
    const archive = await fetchBytes(url);
    const actual = createHash('sha256').update(archive).digest('hex');
    if (actual !== checksum)
      return { problem: `${url} has the checksum ${actual} instead of ${checksum}, so it is not used` };
    writeFileSync(join(work, 'release.tar.gz'), archive);
    const unpacked = await runCommand('tar', ['-xzf', 'release.tar.gz'], { cwd: work });
    if (!unpacked.isOk) return { problem: `the release could not be unpacked: ${unpacked.output.trim()}` };
    installExecutable(join(work, name, 'nats-server'), target);
    return {};
  } catch (error) {
    return { problem: `github.com: ${reason(error)}` };
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
};

/** Copies a program into its place in one step: a second start that runs at the same time never sees half of it. */
export function installExecutable(source: string, target: string): void {
  mkdirSync(dirname(target), { recursive: true });
  const half = `${target}.${process.pid}`;
  copyFileSync(source, half);
  chmodSync(half, 0o755);
  renameSync(half, target);
}

async function fetchBytes(url: string): Promise<Buffer> {
  const abort = new AbortController();
  const connecting = setTimeout(
    () => abort.abort(new Error(`no answer within ${CONNECT_TIMEOUT_MS / 1000} s`)),
    CONNECT_TIMEOUT_MS,
  );
  const whole = setTimeout(() => abort.abort(new Error('the download took too long')), DOWNLOAD_TIMEOUT_MS);
  try {
    const response = await fetch(url, { signal: abort.signal });
    clearTimeout(connecting);
    if (!response.ok) throw new Error(`answered ${response.status}`);
    return Buffer.from(await response.arrayBuffer());
  } finally {
    clearTimeout(connecting);
    clearTimeout(whole);
  }
}

function reason(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? error.cause.message || String(Reflect.get(error.cause, 'code')) : error.message;
}
