import { createHash } from 'node:crypto';
import { Controller, Get, Param, Query, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { AppError } from '#contracts';
import { readShipped } from '#platform';
import { GatewayConfig } from '../gateway-config';
import { pagePolicy } from '../http/security-headers';
import { preferredLanguage } from '../problems/problem';
import { publicUrlOf } from '../sessions/session-settings';
import { catalogue, geoJson } from './open-data';
import { notFoundPage, notYetPage, STYLE } from './frame';
import { type Asked, publicPage, type WorldMap } from './public-page';
import type { Published } from './published';
import { PublishedReader } from './published.reader';
import { PUBLIC_LANGUAGES, type PublicLanguage } from './texts';

const POLICY = pagePolicy(`style-src 'sha256-${createHash('sha256').update(STYLE).digest('base64')}'`);
const CACHED = 'public, max-age=60';
const LANGUAGES = Object.keys(PUBLIC_LANGUAGES) as PublicLanguage[];

/** Where somebody looks, as the address says it. */
interface Looked {
  readonly lang?: unknown;
  readonly page?: unknown;
}

/** What the fund does, for everybody and without script: pages that are made from the published file and nothing else. */
@ApiExcludeController()
@Controller('public')
export class PublicPagesController {
  private readonly map = JSON.parse(readShipped('apps/gateway/data/world-map.json')) as WorldMap;

  constructor(
    private readonly files: PublishedReader,
    private readonly config: GatewayConfig,
  ) {}

  @Get()
  overview(@Query() looked: Looked, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    return this.send({ kind: 'overview', key: '' }, { looked, request, reply });
  }

  @Get('partnerships.geojson')
  async places(@Res() reply: FastifyReply): Promise<void> {
    const body = JSON.stringify(geoJson(await this.files.read()));
    void reply.header('content-type', 'application/geo+json').header('cache-control', CACHED).send(body);
  }

  @Get('catalogue.jsonld')
  async catalogue(@Res() reply: FastifyReply): Promise<void> {
    const body = JSON.stringify(catalogue(await this.files.read(), publicUrlOf(this.config.values)));
    void reply.header('content-type', 'application/ld+json').header('cache-control', CACHED).send(body);
  }

  @Get('partnerships/:key')
  partnership(
    @Param('key') key: string,
    @Query() looked: Looked,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    return this.send({ kind: 'partnership', key }, { looked, request, reply });
  }

  @Get('countries/:key')
  country(
    @Param('key') key: string,
    @Query() looked: Looked,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    return this.send({ kind: 'country', key }, { looked, request, reply });
  }

  @Get('goals/:key')
  goal(
    @Param('key') key: string,
    @Query() looked: Looked,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    return this.send({ kind: 'goal', key }, { looked, request, reply });
  }

  private async send(
    what: Pick<Asked, 'kind' | 'key'>,
    { looked, request, reply }: { looked: Looked; request: FastifyRequest; reply: FastifyReply },
  ): Promise<void> {
    const language = LANGUAGES.find((each) => each === looked.lang) ?? this.acceptedBy(request);
    const page = Math.max(1, Math.trunc(Number(looked.page)) || 1);
    const published = await this.publishedSoFar();
    const text = published && publicPage(published, { ...what, language, page }, this.map);
    void reply
      .status(text !== undefined || (!published && what.kind === 'overview') ? 200 : 404)
      .header('content-type', 'text/html; charset=utf-8')
      .header('content-security-policy', POLICY)
      .header('cache-control', CACHED)
      .header('vary', 'accept-language')
      .send(text ?? (published ? notFoundPage(language) : notYetPage(language)));
  }

  private acceptedBy(request: FastifyRequest): PublicLanguage {
    return preferredLanguage(request.headers['accept-language'], LANGUAGES) ?? 'en';
  }

  /** Undefined until the first edition is there: whoever reads gets a page all the same. */
  private async publishedSoFar(): Promise<Published | undefined> {
    try {
      return await this.files.read();
    } catch (error) {
      if (error instanceof AppError && error.code === 'PLATFORM_RESOURCE_NOT_FOUND') return undefined;
      throw error;
    }
  }
}
