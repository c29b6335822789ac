import { parseArgs } from 'node:util';
import { crowd, printPeaks } from './crowd';
import { diskFull } from './disk-full';
import { FaultStack } from './fault-stack';
import { endConnections, killAgainAndAgain, outagesOf, type Scene, stopEach, takeIn } from './scenarios';
import { SteadyLoad } from './steady-load';

const SCENES: Record<string, (scene: Scene) => Promise<void>> = {
  deaf: (scene) => stopEach(scene),
  kills: (scene) => killAgainAndAgain(scene, 'finance', 20),
  connections: (scene) => endConnections(scene, 50),
  outages: async (scene) => {
    await outagesOf(scene, 'NATS', 5);
    await outagesOf(scene, 'Postgres', 5);
  },
  messages: async (scene) => {
    await takeIn(scene, 20_000);
    printPeaks(scene.stack, scene.print);
  },
  crowd: (scene) => crowd(scene, 500, 60),
};

/**
 * `npm run test:faults`: everything that can die, hang or fill up does so while clients ask, on a stack of its own. Prints figures
 * and fails when a promise is broken. `-- --only deaf,disk` plays some of: deaf, kills, connections, outages, messages, crowd, disk. The
 * last needs Linux and root, for a small disk of its own.
 */
async function main(): Promise<void> {
  const all = [...Object.keys(SCENES), 'disk'];
  const { values } = parseArgs({ options: { only: { type: 'string', default: all.join(',') } } });
  const wanted = values.only.split(',');
  if (wanted.some((name) => name !== 'disk')) await onOneStack(wanted.filter((name) => name !== 'disk'));
  if (wanted.includes('disk')) await diskFull(print);
}

async function onOneStack(wanted: readonly string[]): Promise<void> {
  const stack = await FaultStack.start();
  print(stack.lines.find((line) => line.startsWith('Ready in')) ?? '');
  try {
    for (const name of wanted) {
      const play = SCENES[name];
      if (!play) throw new Error(`no such fault: ${name}`);
      const load = new SteadyLoad(stack);
      await play({ stack, load, print });
      const missing = await load.stop();
      print(`${name}: clients were told ${load.summary()}`);
      print(`${name}: ${load.recorded.length} records answered with 201, ${missing} of them missing afterwards`);
      if (missing > 0) throw new Error('records that were acknowledged are gone');
    }
  } finally {
    await stack.stop();
  }
}

function print(line: string): void {
  console.log(`${new Date().toISOString().slice(11, 19)} ${line}`);
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
