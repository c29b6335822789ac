import { parseArgs } from 'node:util';
import { Machine, type Trial } from './machine';

/** Node with the npm that comes with it, from nodejs.org and as distributions ship them. */
const MACHINES = [
  { node: '18.12.1', npm: '8.19.2', from: 'nodejs.org' },
  { node: '18.19.0', npm: '9.2.0', from: 'Debian 12, Ubuntu 24.04' },
  { node: '18.20.8', npm: '10.8.2', from: 'nodejs.org' },
  { node: '20.19.5', npm: '9.2.0', from: 'Debian 13' },
  { node: '20.19.5', npm: '10.8.2', from: 'nodejs.org' },
  { node: '22.21.1', npm: '10.9.4', from: 'nodejs.org' },
  { node: '24.11.1', npm: '11.6.2', from: 'nodejs.org' },
];

/**
 * `npm run test:machines`: a fresh clone of what is committed, on each of these: `npm start` until it is ready, Ctrl-C, and `npm test`
 * over the first suites. Minutes for each, so not a part of the tests. `-- --only 18.12.1/8.19.2` tries one.
 */
async function main(): Promise<void> {
  const { only } = parseArgs({ options: { only: { type: 'string', multiple: true } } }).values;
  const trials: Trial[] = [];
  console.log(
    '| Node | npm | as shipped by | `npm start` | after Ctrl-C | `npm test` |\n| --- | --- | --- | --- | --- | --- |',
  );
  for (const { node, npm, from } of MACHINES.filter(
    (it) => only === undefined || only.includes(`${it.node}/${it.npm}`),
  )) {
    const trial = await new Machine(node, npm).try();
    trials.push(trial);
    console.log(`| ${node} | ${npm} | ${from} | ${trial.start} | ${trial.stop} | ${trial.test} |`);
  }
  if (trials.some(({ isWell }) => !isWell)) process.exitCode = 1;
}

void main();
