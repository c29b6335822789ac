import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Seal } from '#platform';
import { GatewayConfig } from '../gateway-config';

/** Seals with SESSION_KEYS. Without them for this process alone: good enough where nobody minds signing in again after its start. */
@Injectable()
export class SessionSeal extends Seal {
  constructor({ values }: GatewayConfig) {
    super(values.SESSION_KEYS ?? [['process', randomBytes(32)]]);
  }
}
