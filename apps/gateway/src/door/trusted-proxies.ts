import { lookup } from 'node:dns/promises';
import { BlockList, isIP } from 'node:net';

/** How old the addresses of a name may be: a proxy that was started anew comes with another one. */
const LOOKUP_MS = 2000;

type Lookup = (name: string) => Promise<readonly { address: string; family: number }[]>;

/**
 * The reverse proxies whose `X-Forwarded-For` is believed: addresses, networks, and hosts by name. A name that is not found is
 * nobody, so that a proxy's address is not believed any more when another program has it.
 */
export class TrustedProxies {
  private readonly networks = new BlockList();
  private readonly names: readonly string[];
  private named = new BlockList();

  constructor(
    proxies: readonly string[],
    private readonly find: Lookup = (name) => lookup(name, { all: true }),
  ) {
    this.names = proxies.filter(isHostName);
    for (const proxy of proxies.filter(isNetwork)) {
      const [address = '', bits] = proxy.split('/');
      const family = familyOf(address);
      if (bits === undefined) this.networks.addAddress(address, family);
      else this.networks.addSubnet(address, Number(bits), family);
    }
  }

  /** In the form that Fastify asks it. */
  readonly trusts = (address: string): boolean => {
    const plain = address.replace(/^::ffff:(?=\d+\.)/i, '');
    if (isIP(plain) === 0) return false;
    const family = familyOf(plain);
    return this.networks.check(plain, family) || this.named.check(plain, family);
  };

  /** Keeps the addresses of the names up to date for as long as the process lives. */
  watch(): void {
    if (this.names.length === 0) return;
    void this.refresh();
    setInterval(() => void this.refresh(), LOOKUP_MS).unref();
  }

  async refresh(): Promise<void> {
    const answers = await Promise.allSettled(this.names.map((name) => this.find(name)));
    const named = new BlockList();
    for (const { address, family } of answers.flatMap((answer) =>
      answer.status === 'fulfilled' ? answer.value : [],
    )) {
      named.addAddress(address, family === 6 ? 'ipv6' : 'ipv4');
    }
    this.named = named;
  }
}

/** An IP address, or a network such as 10.0.0.0/8. A whole internet of trusted proxies would let everybody say who they are. */
export function isNetwork(text: string): boolean {
  const [address = '', bits, ...rest] = text.split('/');
  const family = isIP(address);
  if (family === 0 || rest.length > 0) return false;
  if (bits === undefined) return true;
  return /^\d{1,3}$/.test(bits) && Number(bits) >= 1 && Number(bits) <= (family === 4 ? 32 : 128);
}

/** The name of a host; `true`, which other servers take for everybody, is none. */
export function isHostName(text: string): boolean {
  return /^(?=.*[a-z])[a-z0-9-]+(\.[a-z0-9-]+)*$/i.test(text) && !/^(true|false)$/i.test(text);
}

function familyOf(address: string): 'ipv4' | 'ipv6' {
  return isIP(address) === 6 ? 'ipv6' : 'ipv4';
}
