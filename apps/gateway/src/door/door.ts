import { type BeforeApplicationShutdown, Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { AppError, type Operation } from '#contracts';
import { ANYBODY, authorize, declareCounter } from '#platform';
import { allowedMethods } from '../http/allowed-methods';
import { checkAccept, checkMediaType } from '../http/headers';
import { checkUploadLength, isUpload } from '../http/upload-body';
import { RATE_CLASSES, type RateClass, rateClassOf } from '../rates/rate-class';
import { RateLimiter } from '../rates/rate-limiter';
import type { Access, Admission } from '../http/access';
import { BodyPace } from './body-pace';
import { clientAddress } from './client-address';
import { Credentials } from './credentials';
import { identify } from '../http/identification';
import { StepUp } from '../sign-in/step-up';
import { faultOfForm } from './request-form';

const refusals = declareCounter({
  name: 'gateway_refusals_total',
  help: 'Requests refused with 429 because a rate limit was reached',
  where: 'gateway',
  labels: { policy: RATE_CLASSES.join(', ') },
});
for (const policy of RATE_CLASSES) refusals.inc({ policy }, 0);

type Done = (error?: Error) => void;

/**
 * Stands before every request and decides before a byte of its body is read: form, token, rate, right. Whoever brings a token that was
 * verified before, or a session that was good before, is counted for themselves; everybody else by network address, before anything is
 * computed for them.
 */
@Injectable()
export class Door implements BeforeApplicationShutdown {
  private isClosing = false;

  constructor(
    private readonly credentials: Credentials,
    private readonly limiter: RateLimiter,
    private readonly pace: BodyPace,
    private readonly stepUp: StepUp,
  ) {}

  beforeApplicationShutdown(): void {
    this.isClosing = true;
  }

  /** Fastify's hook. The usual request, with a token that is remembered, passes without a promise. */
  readonly onRequest = (request: FastifyRequest, reply: FastifyReply, done: Done): void => {
    identify(request, reply);
    reply.headers(request.server.securityHeaders);
    try {
      this.checkForm(request, reply);
      const access = request.routeOptions.config.access;
      if (access?.kind === 'free') {
        done();
        return;
      }
      this.enter(access, request, reply, done);
    } catch (error) {
      done(error as Error);
    }
  };

  private checkForm(request: FastifyRequest, reply: FastifyReply): void {
    const fault = faultOfForm(request);
    if (fault) throw fault;
    if (!this.isClosing) return;
    reply.header('connection', 'close');
    throw new AppError('PLATFORM_SERVICE_UNAVAILABLE', { service: 'gateway' });
  }

  private enter(access: Access | undefined, request: FastifyRequest, reply: FastifyReply, done: Done): void {
    if (access?.kind === 'operation' && access.route.operation.isPublic) {
      // A token or session is not looked at: one that has ended takes nobody's right to read what is for everybody.
      this.count('address', clientAddress(request), reply);
      this.letIn(access.route.operation, { caller: ANYBODY, token: '' }, request, reply);
      done();
      return;
    }
    const known = this.credentials.remembered(request);
    if (known) {
      this.admit(access, known, request, reply);
      done();
      return;
    }
    // A page for everybody counts by address even for those who are signed in: it costs the same.
    if (access === undefined || !this.credentials.isKnown(request))
      this.count('address', clientAddress(request), reply);
    if (access === undefined) {
      answerPublic(request, reply, done);
      return;
    }
    void this.credentials
      .admit(request)
      .then((admission) => {
        this.admit(access, admission, request, reply);
      })
      .then(() => {
        done();
      }, done);
  }

  private admit(access: Access | undefined, admission: Admission, request: FastifyRequest, reply: FastifyReply): void {
    const operation = access?.kind === 'operation' ? access.route.operation : undefined;
    this.count(operation ? rateClassOf(operation) : 'read', admission.caller.subject, reply);
    this.letIn(operation, admission, request, reply);
  }

  private letIn(
    operation: Operation | undefined,
    admission: Admission,
    request: FastifyRequest,
    reply: FastifyReply,
  ): void {
    request.admission = admission;
    if (!operation) return;
    authorize(admission.caller, operation);
    this.stepUp.check(operation, admission);
    checkAccept(operation, request);
    checkMediaType(operation, request);
    if (isUpload(operation, request)) checkUploadLength(operation, request);
    this.pace.watch(request, reply);
  }

  private count(name: RateClass, key: string, reply: FastifyReply): void {
    const { isAllowed, remaining, seconds } = this.limiter.take(name, key);
    const policy = this.limiter.policies[name];
    reply.header('ratelimit-policy', policy.header).header('ratelimit', `"${name}";r=${remaining};t=${seconds}`);
    if (isAllowed) return;
    refusals.inc({ policy: name });
    throw new AppError('PLATFORM_RATE_LIMITED', {
      policy: name,
      quota: policy.quota,
      windowSeconds: policy.windowMs / 1000,
      retryAfterSeconds: seconds,
    });
  }
}

/** Pages for everybody; OPTIONS says what there is (RFC 9110 9.3.7). */
function answerPublic(request: FastifyRequest, reply: FastifyReply, done: Done): void {
  const methods = request.method === 'OPTIONS' ? allowedMethods(request.url) : [];
  if (methods.length === 0) {
    done();
    return;
  }
  void reply.code(204).header('allow', methods.join(', ')).send();
}
