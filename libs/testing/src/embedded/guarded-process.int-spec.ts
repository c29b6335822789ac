import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { eventually } from '../eventually';
import { spawnGuarded } from './guarded-process';

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

describe('a guarded process', () => {
  it('ends with its signal and is waited for', async () => {
    const guarded = spawnGuarded('sleep', ['60'], { stopSignal: 'SIGINT' });
    await guarded.stop();
    expect(guarded.child.signalCode).toBe('SIGINT');
  });

  it('is killed when it does not heed its signal', async () => {
    const deaf = `process.on('SIGTERM', () => {}); setInterval(() => {}, 1000); console.log('up')`;
    const guarded = spawnGuarded(process.execPath, ['-e', deaf], {
      stopSignal: 'SIGTERM',
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    if (guarded.child.stdout) await once(guarded.child.stdout, 'data');
    await guarded.stop(100);
    expect(guarded.child.signalCode).toBe('SIGKILL');
  });

  it('does not outlive a parent that was killed', async () => {
    const source = require.resolve('./guarded-process');
    const parent = spawn(process.execPath, ['--experimental-transform-types', '-e', killedParent(source)], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const [line] = (await once(createInterface({ input: parent.stdout }), 'line')) as [string];
    const child = Number(line);
    expect(isAlive(child)).toBe(true);
    parent.kill('SIGKILL');
    await eventually(() => expect(isAlive(child)).toBe(false));
  });
});

// A process of its own, because this one has to live on.
function killedParent(source: string): string {
  return `
    const { spawnGuarded } = require(${JSON.stringify(source)});
    const guarded = spawnGuarded('sleep', ['60'], { stopSignal: 'SIGTERM' });
    console.log(guarded.child.pid);
    setInterval(() => {}, 1000);`;
}
