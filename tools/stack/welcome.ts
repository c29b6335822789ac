import { DEMO_ROLES, DEMO_USERS } from '../identity-provider/demo-users';
import { gatewayAddress } from './environment';
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
    `  Operations to read and try   ${address}/docs`,
    `  Health                       ${address}/health/ready`,
    ...(settings.OIDC_ISSUER ? [`  Sign-in                      ${issuer} (yours)`] : demoUsers(issuer, others)),
    '',
    'Try next, in another terminal:',
    '  npm run demo                                    the main job: three partnerships get their experts, money included',
    ...(settings.OIDC_ISSUER ? [] : curl(address)),
    '',
    `Logs: ${settings.dataFolder}/logs. Stop with Ctrl-C; the data stays. "npm start -- --fresh" begins anew.`,
  ].join('\n');
}

function demoUsers(issuer: string, others: readonly string[]): string[] {
  return [
    `  Demo identity provider       ${issuer}`,
    `  Demo users, named as roles   ${wrapped(DEMO_ROLES)}`,
    `  and for pairs and places     ${wrapped(others)}`,
  ];
}

function curl(address: string): string[] {
  return [
    '  TOKEN=$(npm run --silent token -- finance-officer)',
    `  curl -H "authorization: Bearer $TOKEN" ${address}/v1/funds`,
  ];
}

function wrapped(names: readonly string[]): string {
  const lines: string[] = [];
  for (const name of names) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + name.length < 80) lines[lines.length - 1] = `${last}, ${name}`;
    else lines.push(name);
  }
  return lines.join(`,\n${' '.repeat(31)}`);
}
