import { requestDemoToken as request } from '../identity-provider/demo-token';
import { oidcIssuer } from './environment';

/** One of the demo provider's users, perhaps bound to another object than usual. */
export interface DemoUser {
  readonly username: string;
  readonly municipalityId?: string;
  readonly expertId?: string;
}

export function user(username: string, binding: Omit<DemoUser, 'username'> = {}): DemoUser {
  return { username, ...binding };
}

export async function requestDemoToken(demoUser: DemoUser): Promise<string> {
  return (await request({ issuer: oidcIssuer(), ...demoUser })).token;
}
