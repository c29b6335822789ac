import type { z } from 'zod';
import type { ErrorCode } from './errors/index';
import type { Allow } from './roles';
import { SERVICES, type ServiceName } from './service-name';

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

export interface OperationDeclaration<Request extends z.ZodObject, Reply extends z.ZodType> {
  /** `rpc.<service>.<noun>.<verb>`; the service is read from it. */
  readonly subject: `rpc.${ServiceName}.${string}.${string}`;
  readonly http: {
    readonly method: Method;
    /** Below `/v1`; `{name}` takes the request member of that name from the path. */
    readonly path: `/${string}`;
    /** 200 unless stated; 201 answers a `Location`, 202 too: the outcome needs another service. */
    readonly success?: 200 | 201 | 202;
    /** Where the made resource is found, with `{member}` taken from the reply. */
    readonly location?: `/${string}`;
    /** A client may choose the id: `PUT <path>/{id}` with `If-None-Match: *` is the same operation. */
    readonly putById?: boolean;
    /**
     * The request may also be the file itself, as one of these media types; other members then stand in the query. The gateway
     * passes it on in parts through the operation `parts` (see UploadPart) and gives its reference as the member `upload`.
     */
    readonly upload?: {
      readonly mediaTypes: readonly string[];
      /** The members that may stand in the query beside a file. */
      readonly query: readonly string[];
      /** Larger files are refused with 413 before or while they are read. */
      readonly bytesMax: number;
      readonly parts: `rpc.${ServiceName}.${string}.${string}`;
    };
    /** The reply is `{ mediaType, body, fileName }` and the body is sent as this media type; with `encoding: 'base64'` as bytes. */
    readonly file?: string;
    /** The member `language` follows `Accept-Language` where the request does not state it. */
    readonly language?: true;
  };
  readonly summary: string;
  /** Meaning, units, rules and their source; becomes the OpenAPI description. */
  readonly description?: string;
  readonly request: Request;
  readonly reply: Reply;
  /** The refusals of this operation beyond those that any route can answer. */
  readonly errors?: readonly ErrorCode[];
  /** Who may call it, and on which objects. A role that is not listed is refused. */
  readonly allow: Allow;
  /** Nobody has to be signed in: it answers the same to whoever asks, nothing but what was published or what the request itself proves. */
  readonly isPublic?: true;
  /**
   * Who else may call it through another service, which has decided that the object is the caller's. The broker tells who asks: an
   * answer goes to an inbox that only one service may read (docs/reliability.md#allow-lists-on-nats).
   */
  readonly allowThrough?: Readonly<Partial<Record<ServiceName, Allow>>>;
  /** `required` where money or commitments move; writes accept a key in any case. */
  readonly idempotency?: 'required' | 'optional';
  /** `required`: `If-Match` with the version of the resource in the path. */
  readonly precondition?: 'required';
  /**
   * Where the installation asks for it (STEP_UP_MAX_AGE_MINUTES, STEP_UP_ACR), the caller must have signed in lately or strongly
   * enough: what moves money is done by the person who is there now, not by a screen that was left open.
   */
  readonly stepUp?: true;
  /** `withheld`: what the request gives as a note is a judgement that is secret for now, so the audit trail keeps no text of it. */
  readonly why?: 'withheld';
  /** For 202: where the outcome is read and which states end the waiting of `Prefer: wait=N`. */
  readonly settles?: {
    readonly read: `rpc.${ServiceName}.${string}.${string}`;
    readonly done: readonly string[];
    /** States that are answered as a 409 problem with this code. */
    readonly refused: Readonly<Record<string, ErrorCode>>;
  };
  /** Milliseconds the caller waits for the answer; 3000 unless stated. Above 5000 only for what waits on purpose (long polls). */
  readonly deadlineMs?: number;
}

/** One operation of the platform, declared once: gateway route, OpenAPI, handler, client and tests follow from it. */
export interface Operation<
  Request extends z.ZodObject = z.ZodObject,
  Reply extends z.ZodType = z.ZodType,
> extends OperationDeclaration<Request, Reply> {
  readonly service: ServiceName;
  readonly isWrite: boolean;
}

/** Declares an operation. Throws at load when the subject names no known service or a path parameter is not in the request. */
export function operation<Request extends z.ZodObject, Reply extends z.ZodType>(
  declaration: OperationDeclaration<Request, Reply>,
): Operation<Request, Reply> {
  const service = SERVICES.find((name) => name === declaration.subject.split('.')[1]);
  if (!service) throw new Error(`${declaration.subject}: unknown service`);
  for (const name of pathParameters(declaration.http.path)) {
    if (!(name in declaration.request.shape))
      throw new Error(`${declaration.subject}: {${name}} is not in the request`);
  }
  return { ...declaration, service, isWrite: declaration.http.method !== 'GET' };
}

export function pathParameters(path: string): string[] {
  return [...path.matchAll(/\{(\w+)\}/g)].map((match) => match[1] ?? '');
}

/** The request as the handler gets it: parsed, defaults filled in. */
export type RequestOf<O> = O extends Operation<infer Request> ? z.output<Request> : never;
/** The request as a caller writes it. */
export type RequestInputOf<O> = O extends Operation<infer Request> ? z.input<Request> : never;
export type ReplyOf<O> = O extends Operation<z.ZodObject, infer Reply> ? z.output<Reply> : never;
