import { CALLS, EXTERNAL_SUBSCRIPTIONS, SERVICES, type ServiceName, SUBSCRIPTIONS } from '#contracts';
import { streamName } from '#messaging';
import {
  frameSubject,
  healthSubject,
  presenceSubject,
  rollCallSubject,
  SESSION_BUCKET,
  SESSION_STREAM,
} from '#platform';
import type { NatsUser } from '#testing/embedded';
import { RATE_SUBJECT } from '../../apps/gateway/src/rates/rate-subject';

/** What one identity may do on NATS; whatever is not listed is refused. */
export interface Permissions {
  readonly publish: readonly string[];
  /** `subject queue` allows the subscription only as a member of that queue group. */
  readonly subscribe: readonly string[];
  /** Whether it answers requests: it may then publish to the reply subject of a message it received, for a while. */
  readonly isAnswering: boolean;
}

/** The allow-list of each identity, made from the contracts (docs/reliability.md#allow-lists-on-nats). */
export const PERMISSIONS: Readonly<Record<NatsUser, Permissions>> = {
  gateway: {
    publish: [
      ...SERVICES.flatMap((service) => [...calls(service), healthSubject(service, '*')]),
      RATE_SUBJECT,
      // Its sessions, which it can neither make room for nor have listed as a stream.
      `$KV.${SESSION_BUCKET}.>`,
      `$JS.API.DIRECT.GET.${SESSION_STREAM}.>`,
      `$JS.API.STREAM.MSG.GET.${SESSION_STREAM}`,
      `$JS.API.STREAM.INFO.${SESSION_STREAM}`,
      // Where each publisher is; the messages themselves come as they are published, and no consumer of anybody's is touched.
      ...SERVICES.map((service) => `$JS.API.STREAM.MSG.GET.${streamName(service)}`),
    ],
    subscribe: [
      ...SERVICES.flatMap((service) => [presenceSubject(service, '*'), `evt.${service}.>`]),
      RATE_SUBJECT,
      inboxOf('gateway'),
    ],
    isAnswering: false,
  },
  partnership: ofService('partnership'),
  staffing: ofService('staffing'),
  finance: ofService('finance'),
  events: ofService('events'),
  // Makes streams and consumers, and looks at them; can neither send a message nor ask a service.
  admin: { publish: ['$JS.API.>'], subscribe: [inboxOf('admin')], isAnswering: false },
  'finance-department': {
    publish: [...new Set(EXTERNAL_SUBSCRIPTIONS.flatMap(({ publisher, durable }) => consumption(publisher, durable)))],
    subscribe: [inboxOf('finance-department')],
    isAnswering: false,
  },
};

function ofService(service: ServiceName): Permissions {
  const publishers = SERVICES.filter((name) => SUBSCRIPTIONS[service].some((message) => message.service === name));
  const consumers = SERVICES.filter((name) => SUBSCRIPTIONS[name].some((message) => message.service === service));
  return {
    publish: [
      `evt.${service}.>`,
      presenceSubject(service, '*'),
      ...CALLS[service].flatMap((callee) => calls(callee)),
      // A publisher asks its consumers which of its messages never arrived.
      ...consumers.map((consumer) => `rpc.${consumer}.inbox.missing`),
      '$JS.API.INFO',
      `$JS.API.STREAM.INFO.${streamName(service)}`,
      // How far the consumers outside have acknowledged.
      ...EXTERNAL_SUBSCRIPTIONS.filter(({ publisher, isFollowed }) => isFollowed && publisher === service).map(
        ({ durable }) => `$JS.API.CONSUMER.INFO.${streamName(service)}.${durable}`,
      ),
      ...publishers.flatMap((publisher) => consumption(publisher, service)),
    ],
    subscribe: [
      `rpc.${service}.> ${service}`,
      ...CALLS[service].map((callee) => presenceSubject(callee, '*')),
      inboxOf(service),
    ],
    isAnswering: true,
  };
}

/** What calling a service needs: its replicas are asked to show themselves, and get frames. */
function calls(callee: ServiceName): string[] {
  return [rollCallSubject(callee), frameSubject(callee, '*')];
}

function consumption(publisher: ServiceName, durable: string): string[] {
  const stream = streamName(publisher);
  return [
    `$JS.API.STREAM.INFO.${stream}`,
    `$JS.API.CONSUMER.INFO.${stream}.${durable}`,
    `$JS.API.CONSUMER.MSG.NEXT.${stream}.${durable}`,
    `$JS.ACK.${stream}.${durable}.>`,
  ];
}

function inboxOf(user: NatsUser): string {
  return `_INBOX_${user}.>`;
}
