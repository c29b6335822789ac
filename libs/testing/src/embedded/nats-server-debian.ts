import { existsSync, globSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isNewEnough, type NatsServerSource, type Say } from './nats-server-source';
import { installExecutable } from './nats-server-release';
import { runCommand } from './run-command';

// forky carries 2.15 and trixie 2.10; the binary needs nothing of its suite but an ordinary libc.
const NEWER_SUITES = ['forky', 'trixie'];

/**
 * Takes nats-server out of Debian's package without installing it: apt works in folders of its own, so this needs no
 * root and leaves the machine's apt as it is. From the machine's own suite when that is new enough, else a newer one.
 */
export const debianPackage: NatsServerSource = async (target, say) => {
  if (!existsSync('/etc/debian_version') || !(await runCommand('apt-get', ['--version'])).isOk) {
    return { problem: 'this is not a Debian machine, so there is no Debian package to take it from' };
  }
  const release = osRelease();
  const mirror = await mirrorOf(release);
  const suites = [...new Set([release.codename, ...(release.id === 'debian' ? NEWER_SUITES : [])])].filter(Boolean);
  let problem = `no suite of ${mirror} could be read`;
  for (const suite of suites) {
    const attempt = await fromSuite({
      suite,
      mirror,
      components: release.id === 'ubuntu' ? 'main universe' : 'main',
      target,
      say,
    });
    if (!attempt.problem) return {};
    problem = attempt.problem;
  }
  return { problem };
};

interface SuiteAttempt {
  readonly suite: string;
  readonly mirror: string;
  readonly components: string;
  readonly target: string;
  readonly say: Say;
}

async function fromSuite({ suite, mirror, components, target, say }: SuiteAttempt): Promise<{ problem?: string }> {
  const work = mkdtempSync(join(tmpdir(), 'fund-apt-'));
  try {
    for (const folder of ['state/lists/partial', 'cache/archives/partial', 'parts', 'package'])
      mkdirSync(join(work, folder), { recursive: true });
    writeFileSync(join(work, 'sources.list'), `deb ${mirror} ${suite} ${components}\n`);
    const update = await runCommand('apt-get', [...aptOptions(work), 'update']);
    const offer = await runCommand('apt-get', [...aptOptions(work), '--print-uris', 'download', 'nats-server'], {
      cwd: work,
    });
    const version = /nats-server_([\d.]+)/.exec(offer.output)?.[1];
    if (!version) return { problem: `${mirror} ${suite}: ${lastLine(update.isOk ? offer.output : update.output)}` };
    if (!isNewEnough(version)) {
      say(`Debian ${suite} has nats-server ${version}, which is too old.`);
      return { problem: `${mirror} ${suite} has only nats-server ${version}` };
    }
    say(`Taking nats-server ${version} out of the Debian package (${suite}); nothing is installed on the machine.`);
    const got = await runCommand('apt-get', [...aptOptions(work), 'download', 'nats-server'], { cwd: work });
    const [file] = globSync('nats-server_*.deb', { cwd: work });
    if (!file) return { problem: `${mirror} ${suite}: ${lastLine(got.output)}` };
    const unpacked = await runCommand('dpkg-deb', ['-x', file, 'package'], { cwd: work });
    const [program] = globSync('package/usr/{bin,sbin}/nats-server', { cwd: work });
    if (!program) return { problem: `${file} could not be unpacked: ${lastLine(unpacked.output)}` };
    installExecutable(join(work, program), target);
    return {};
  } catch (error) {
    return { problem: `${mirror} ${suite}: ${error instanceof Error ? error.message : String(error)}` };
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

function aptOptions(work: string): string[] {
  const options = {
    'Dir::Etc::sourcelist': join(work, 'sources.list'),
    'Dir::Etc::sourceparts': join(work, 'parts'),
    'Dir::State': join(work, 'state'),
    'Dir::State::status': '/var/lib/dpkg/status',
    'Dir::Cache': join(work, 'cache'),
    // A mirror that is a frozen copy keeps its signature but not its date; the signature is still checked.
    'Acquire::Check-Valid-Until': 'false',
    'Acquire::Languages': 'none',
    'Acquire::http::Timeout': '10',
    'Acquire::Retries': '1',
    'APT::Sandbox::User': 'root',
  };
  return ['-qq', ...Object.entries(options).flatMap(([name, value]) => ['-o', `${name}=${value}`])];
}

function osRelease(): { id: string; codename: string } {
  const text = existsSync('/etc/os-release') ? readFileSync('/etc/os-release', 'utf8') : '';
  const value = (key: string): string => new RegExp(`^${key}="?([^"\\n]*)"?$`, 'm').exec(text)?.[1] ?? '';
  return { id: value('ID'), codename: value('VERSION_CODENAME') };
}

async function mirrorOf(release: { id: string }): Promise<string> {
  const { output } = await runCommand('apt-get', ['indextargets', '--format', '$(REPO_URI)', 'Created-By: Packages']);
  const used = output.split('\n').filter((line) => /^https?:/.test(line) && !line.includes('security'));
  return used[0] ?? (release.id === 'ubuntu' ? 'http://archive.ubuntu.com/ubuntu/' : 'http://deb.debian.org/debian/');
}

function lastLine(output: string): string {
  return output.trim().split('\n').at(-1) ?? 'no answer';
}
