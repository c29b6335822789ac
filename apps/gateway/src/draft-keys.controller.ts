import { Controller, Get, Header, Req } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { RouteConfig } from '@nestjs/platform-fastify';
import type { FastifyRequest } from 'fastify';
import { AppError } from '#contracts';
import type { Access } from './http/access';
import { SessionSeal } from './sessions/session-seal';

interface DraftKeys {
  /** AES-256 in base64; the first one seals, all of them open. */
  readonly keys: readonly { readonly id: string; readonly key: string }[];
}

/**
 * With what a browser seals what a person has written and not sent. The keys are the person's alone and always the same, so that a draft
 * outlives the session, and nobody who is not signed in reads it.
 */
@ApiExcludeController()
@Controller('auth/draft-keys')
export class DraftKeysController {
  constructor(private readonly seal: SessionSeal) {}

  @Get()
  @Header('cache-control', 'no-store')
  @RouteConfig({ access: { kind: 'signed-in' } satisfies Access })
  keys(@Req() { admission }: FastifyRequest): DraftKeys {
    if (!admission) throw new AppError('PLATFORM_TOKEN_INVALID');
    const keys = this.seal.derive(`draft:${admission.caller.subject}`);
    return { keys: keys.map(({ name, key }) => ({ id: name, key: key.toString('base64') })) };
  }
}
