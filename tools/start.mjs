// `npm start`: installs and builds what is missing, then runs the stack on Node 24. Plain JavaScript, see install.mjs.
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { install, platformNode, root } from './install.mjs';

install();

const program = join(root, 'dist', 'tools', 'stack', 'main.js');
const flags = ['--max-old-space-size=128', '--max-semi-space-size=2'];
const args = [...flags, program, ...process.argv.slice(2)];
// Proxies of the environment apply to what the stack downloads.
const environment = { ...process.env, NODE_USE_ENV_PROXY: '1' };

// The stack ends when this channel closes, so it does not outlive this process, however that ends.
const stack = spawn(platformNode(), args, {
  cwd: root,
  env: environment,
  stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
});
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => stack.kill(signal));
stack.on('exit', (code, signal) => process.exit(signal ? 1 : (code ?? 1)));

// npm that is killed cannot pass it on, and the shell between npm and this process would go on waiting.
if (process.env.npm_lifecycle_event) {
  const starters = ancestors();
  setInterval(() => ancestors().join() !== starters.join() && stack.kill('SIGTERM'), 1000).unref();
}

/** The process that started this one, and the one that started that where the system tells (Linux). */
function ancestors() {
  const parent = process.ppid;
  try {
    return [parent, /^PPid:\s+(\d+)/m.exec(readFileSync(`/proc/${parent}/status`, 'utf8'))?.[1]];
  } catch {
    return [parent];
  }
}
