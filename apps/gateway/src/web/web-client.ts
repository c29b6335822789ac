import { existsSync, readdirSync } from 'node:fs';
import { join, posix } from 'node:path';
import fastifyStatic from '@fastify/static';
import { Injectable } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { shippedPath } from '#platform';
import { GatewayConfig } from '../gateway-config';
import type { Access } from '../http/access';
import { pagePolicy, WEB_CLIENT_POLICY } from '../http/security-headers';

const PAGE = 'index.html';
/** Runs in the browser apart from any page, by a policy of its own: it may ask us. */
const WORKER = 'worker.js';
const WORKER_POLICY = pagePolicy("connect-src 'self'");
const FREE: Access = { kind: 'free' };
/** A name that changes with the content: it can be kept for ever. */
const HASHED = /^assets\/.*-[\w-]{8,}\.\w+$/;
const FOR_EVER = 'public, max-age=31536000, immutable';
const ASKED_EACH_TIME = 'no-cache';
/** Compressed when it was built, beside the file itself; maps are for us. */
const NOT_SERVED = /\.(br|gz|map)$/;
/** Not the web client's: these answer with problems. */
const OTHERS = /^\/(v1|auth|docs|public|health|problems|openapi\.json|openapi\.yaml|asyncapi\.json)(\/|$)/;

/**
 * The web client as it was built: its files, and its one page for every path that is one of its own. A gateway without a built client
 * goes on without.
 */
@Injectable()
export class WebClient {
  private readonly folder: string;
  private readonly isBuilt: boolean;

  constructor({ values }: GatewayConfig) {
    this.folder = shippedPath(values.WEB_CLIENT_FOLDER);
    this.isBuilt = existsSync(join(this.folder, PAGE));
  }

  /** Makes a route for each file, and answers navigation to paths that nobody else has. */
  serve(app: NestFastifyApplication): void {
    if (!this.isBuilt) return;
    const fastify = app.getHttpAdapter().getInstance();
    // Only what is listed here is served, whatever is put beside it later.
    void fastify.register(fastifyStatic, { root: this.folder, serve: false, preCompressed: true, cacheControl: false });
    for (const file of filesIn(this.folder)) {
      const handler = (_request: FastifyRequest, reply: FastifyReply): FastifyReply => this.sendFile(reply, file);
      fastify.route({ method: ['GET', 'HEAD'], url: `/${encodeURI(file)}`, config: { access: FREE }, handler });
    }
    fastify.addHook('onRequest', (request, reply, done) => {
      const isOurs = request.is404 && !OTHERS.test(request.url) && isNavigation(request);
      if (!isOurs || !this.sendPage(reply)) done();
    });
  }

  /** Sends the page, if there is one. */
  sendPage(reply: FastifyReply): boolean {
    if (!this.isBuilt) return false;
    this.sendFile(reply.header('content-security-policy', WEB_CLIENT_POLICY), PAGE);
    return true;
  }

  private sendFile(reply: FastifyReply, file: string): FastifyReply {
    if (file === WORKER) void reply.header('content-security-policy', WORKER_POLICY);
    return reply
      .header('cache-control', HASHED.test(file) ? FOR_EVER : ASKED_EACH_TIME)
      .header('vary', 'accept-encoding')
      .sendFile(file);
  }
}

/** Paths within the folder, with `/` between. */
function filesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name !== PAGE && !NOT_SERVED.test(entry.name))
    .map(({ parentPath, name }) => posix.join(...parentPath.slice(folder.length).split(/[\\/]/), name));
}

/** Somebody opens an address; a file that is missing stays missing. */
function isNavigation({ method, url, headers }: FastifyRequest): boolean {
  const path = url.split('?')[0] ?? '';
  return /^(GET|HEAD)$/.test(method) && (headers.accept?.includes('text/html') ?? false) && !/\.[^/]*$/.test(path);
}
