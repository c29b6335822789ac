import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import type { ReplyOf } from '#contracts';
import { listSigningKeys, SIGNING_KEYS_SHOWN } from '#contracts/finance';
import { Database } from '#database';
import { MessageSigner } from '#messaging';
import { Clock, Handle } from '#platform';

/** Publishes the public half of each key the service has ever signed with: old messages stay checkable after a rotation. */
@Injectable()
export class SigningKeyService implements OnApplicationBootstrap {
  constructor(
    private readonly database: Database,
    private readonly signer: MessageSigner,
    private readonly clock: Clock,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    const key = this.signer.publicKey;
    if (!key) return;
    await this.database.query(
      'INSERT INTO signing_key (kid, x, first_used_at) VALUES ($1, $2, $3) ON CONFLICT (kid) DO NOTHING',
      [key.kid, key.x, this.clock.now()],
    );
  }

  @Handle(listSigningKeys)
  async list(): Promise<ReplyOf<typeof listSigningKeys>> {
    const rows = await this.database.query<{ kid: string; x: string }>(
      `SELECT kid, x FROM signing_key ORDER BY first_used_at DESC, kid LIMIT ${SIGNING_KEYS_SHOWN}`,
    );
    const kind = { kty: 'OKP', crv: 'Ed25519', use: 'sig', alg: 'EdDSA' } as const;
    return { keys: rows.map(({ kid, x }) => ({ ...kind, x, kid })) };
  }
}
