export * from './eventually';
export * from './infrastructure';
export * from './test-caller';
export * from './test-database';
export * from './test-issuer';
export * from './test-nats';
export * from './test-rpc';
export * from './test-service';
export { FixedClock } from '#platform';
