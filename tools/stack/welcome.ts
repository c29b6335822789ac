import { relative } from 'node:path';
import { DEMO_ROLES, DEMO_USERS } from '../identity-provider/demo-users';
import { gatewayAddress, mailFolder } from './environment';
import type { StackSettings } from './settings';

/** What a newcomer wants to know once everything runs. */
export function welcome(started: {
  settings: StackSettings;
  issuer: string;
  seconds: number;
  memoryMb: number;
}): string {
  const { settings, issuer, seconds, memoryMb } = started;
  const address = gatewayAddress(settings);
  const others = DEMO_USERS.map((user) => user.username).filter(
    (name) => !(DEMO_ROLES as readonly string[]).includes(name),
  );
  const memory = memoryMb > 0 ? `, ${memoryMb} MiB in all Node processes` : '';
  return [
    '',
    `Ready in ${seconds.toFixed(1)} s${memory}: ${address}`,
    '',
    `  To read and try   ${address}/docs`,
    `  Health            ${address}/health/ready`,
    ...(settings.OIDC_ISSUER ? [`  Sign-in           ${issuer} (yours)`] : demoUsers(address, others)),
    '',
    'Try next, in another terminal:',
    '  npm run demo      the main job: three partnerships, experts and money',
    ...(settings.OIDC_ISSUER ? [] : curl(address)),
    '',
    `Logs: ${relative(process.cwd(), settings.dataFolder) || '.'}/logs`,
    ...(process.env.MAIL_SMTP_HOST
      ? []
      : [`Mails to participants of events, none of which is sent: ${relative(process.cwd(), mailFolder(settings))}`]),
    'Stop with Ctrl-C; the data stays. "npm start -- --fresh" begins anew.',
  ].join('\n');
}

function demoUsers(address: string, others: readonly string[]): string[] {
  return [
    `  Sign in           ${address}/auth/sign-in (one click)`,
    `  Demo users        ${wrapped(DEMO_ROLES)}`,
    `  more of them      ${wrapped(others)}`,
  ];
}

function curl(address: string): string[] {
  return [
    '  TOKEN=$(npm run --silent token -- finance-officer)',
    `  curl -H "authorization: Bearer $TOKEN" ${address}/v1/funds`,
  ];
}

const COLUMNS = 80;
const INDENT = 20;

function wrapped(names: readonly string[]): string {
  const lines: string[] = [];
  for (const name of names) {
    const last = lines.at(-1);
    // With the comma and blank before it, and the comma at the end of the line.
    if (last !== undefined && INDENT + last.length + name.length + 3 <= COLUMNS)
      lines[lines.length - 1] = `${last}, ${name}`;
    else lines.push(name);
  }
  return lines.join(`,\n${' '.repeat(INDENT)}`);
}
