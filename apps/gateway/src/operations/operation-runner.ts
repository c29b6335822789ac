import { Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { AppError, type Operation, pathParameters, type UploadReference } from '#contracts';
import { type CallContext, fieldPointer, newId, parseRequest, type RawReply, RpcClient } from '#platform';
import { etag, expectedVersion, idempotencyKey, waitSeconds } from '../http/headers';
import type { OperationRoute } from '../http/operation-routes';
import { type ReadPart, sendFile } from './file-reply';
import { OutcomeWaiter } from './outcome-waiter';
import { isUpload } from '../http/upload-body';
import { acceptedLanguage, languageOf } from '../problems/problem';
import { Uploader } from './uploader';

/** Stands for the file while the other members of a request are checked. */
const ANY_UPLOAD: UploadReference = { id: newId(), parts: 1, bytes: 1, sha256: '0'.repeat(64) };

/** Turns one HTTP request into one call of an operation, and its answer back. All rules of the headers meet here. */
@Injectable()
export class OperationRunner {
  constructor(
    private readonly rpc: RpcClient,
    private readonly outcomes: OutcomeWaiter,
    private readonly uploader: Uploader,
  ) {}

  async carryOut(route: OperationRoute, request: FastifyRequest, reply: FastifyReply): Promise<void> {
    const { operation } = route;
    const { admission } = request;
    // The door lets nobody pass to an operation without one; a route that got around it must not run either.
    if (!admission) throw new AppError('PLATFORM_TOKEN_INVALID');
    const { token, caller } = admission;
    const context: CallContext = {
      token,
      expectedVersion: expectedVersion(route, request),
      idempotencyKey: idempotencyKey(operation, request),
      correlationId: newId(),
      traceparent: request.headers.traceparent as string,
      language: languageOf(request.headers['accept-language']),
    };
    const input = isUpload(operation, request)
      ? await this.uploaded(route, request, { context, subject: caller.subject })
      : parseRequest(operation.request, requestInput(route, request));
    const answer = await this.call(route, input, context);
    const settled = await this.outcomes.wait(operation, answer, { ...context, seconds: waitSeconds(request) });
    send({
      route,
      request,
      reply,
      answer: settled.answer,
      status: settled.isFinal ? 200 : statusOf(route),
      readPart: (offset) => this.call(route, { ...(input as object), offset }, context),
    });
  }

  /** The body is the file: everything else is checked before the first byte of it is read. */
  private async uploaded(
    route: OperationRoute,
    request: FastifyRequest,
    by: { context: CallContext; subject: string },
  ): Promise<unknown> {
    const { operation } = route;
    const rest = { ...queryBesideFile(operation, request), ...(request.params as object) };
    parseRequest(operation.request, { ...rest, upload: ANY_UPLOAD });
    return parseRequest(operation.request, { ...rest, upload: await this.uploader.store(operation, request, by) });
  }

  private async call(route: OperationRoute, input: unknown, context: CallContext): Promise<RawReply> {
    try {
      return await this.rpc.callRaw(route.operation, input, context);
    } catch (error) {
      // `If-None-Match: *` failed: RFC 9110 13.1.2 asks for 412 where a POST would answer 409.
      if (route.createsById && error instanceof AppError && error.code === 'PLATFORM_RESOURCE_EXISTS') {
        throw new AppError('PLATFORM_VERSION_STALE', error.details, { cause: error });
      }
      throw error;
    }
  }
}

/** Path, query and body members side by side, as the operation declares them; a member given twice is refused. */
function requestInput(route: OperationRoute, request: FastifyRequest): unknown {
  const path = request.params as Record<string, string>;
  // A query that a write does not know (`?dryRun=true`) must not be carried out as if it were not there.
  if (route.operation.isWrite)
    refuseUnknown(Object.keys(request.query as object), 'is not known in the query of a change');
  const rest: unknown = route.operation.isWrite ? (request.body ?? {}) : request.query;
  if (typeof rest !== 'object' || rest === null || Array.isArray(rest)) return rest;
  const twice = Object.keys(path).filter((name) => Object.hasOwn(rest, name));
  refuseUnknown(twice, 'stands in the path already');
  return { ...acceptedLanguageOf(route.operation, request), ...rest, ...path };
}

function acceptedLanguageOf({ http }: Operation, request: FastifyRequest): { language?: string } {
  const language = http.language && acceptedLanguage(request.headers['accept-language']);
  return language ? { language } : {};
}

/** The members that may stand beside a file; every other one is refused as unknown. */
function queryBesideFile({ http }: Operation, request: FastifyRequest): object {
  const query = request.query as Record<string, unknown>;
  const foreign = Object.keys(query).filter((name) => !http.upload?.query.includes(name));
  refuseUnknown(foreign, 'is not known beside a file');
  return query;
}

function refuseUnknown(names: readonly string[], detail: string): void {
  if (names.length === 0) return;
  const errors = names.map((name) => ({ pointer: fieldPointer([name]), code: 'UNRECOGNIZED_KEY', detail }));
  throw new AppError('PLATFORM_REQUEST_INVALID', undefined, { errors });
}

function statusOf(route: OperationRoute): number {
  return route.createsById ? 201 : (route.operation.http.success ?? 200);
}

interface Sending {
  route: OperationRoute;
  request: FastifyRequest;
  reply: FastifyReply;
  answer: RawReply;
  status: number;
  readPart: ReadPart;
}

function send({ route, request, reply, answer, status, readPart }: Sending): void {
  const { operation } = route;
  reply.header('cache-control', 'private, no-cache').header('vary', 'accept-language');
  if (answer.isReplayed) reply.header('idempotency-replayed', 'true');
  if (answer.version !== null) {
    const tag = operation.isWrite ? etag(answer.version) : etag(answer.version, answer.body);
    reply.header('etag', tag);
    if (!operation.isWrite && matches(request.headers['if-none-match'], tag)) {
      void reply.code(304).send();
      return;
    }
  }
  if (operation.http.location && status !== 200)
    reply.header('location', location(operation.http.location, answer.body));
  if (operation.http.file) {
    sendFile(reply, answer.body, readPart);
    return;
  }
  if ('page' in pageShape(operation)) addLinks(reply, request, answer.body);
  void reply.code(status).header('content-type', 'application/json; charset=utf-8').send(answer.body);
}

function matches(ifNoneMatch: string | undefined, tag: string): boolean {
  return (
    ifNoneMatch !== undefined &&
    (ifNoneMatch === '*' || ifNoneMatch.split(',').some((given) => given.trim().replace(/^W\//, '') === tag))
  );
}

function location(template: string, body: Buffer): string {
  const members = JSON.parse(body.toString()) as Record<string, unknown>;
  const path = pathParameters(template).reduce(
    (text, name) => text.replace(`{${name}}`, encodeURIComponent(String(members[name]))),
    template,
  );
  return `/v1${path}`;
}

function pageShape(operation: Operation): object {
  return 'shape' in operation.reply ? (operation.reply.shape as object) : {};
}

/** RFC 8288 links. `page` is the last member of a list's reply, so the items need not be parsed again. */
function addLinks(reply: FastifyReply, request: FastifyRequest, body: Buffer): void {
  const start = body.lastIndexOf('"page":');
  const page = JSON.parse(body.toString('utf8', start + '"page":'.length, body.length - 1)) as {
    next: string | null;
    prev: string | null;
  };
  const link = (rel: string, cursor: string | null) => {
    const url = new URL(request.url, 'http://gateway');
    url.searchParams.delete('cursor');
    if (cursor !== null) url.searchParams.set('cursor', cursor);
    return `<${url.pathname}${url.search}>; rel="${rel}"`;
  };
  const links = [link('first', null)];
  if (page.next !== null) links.push(link('next', page.next));
  if (page.prev !== null) links.push(link('prev', page.prev));
  reply.header('link', links.join(', '));
}
