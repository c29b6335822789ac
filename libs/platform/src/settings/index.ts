// Light on purpose: the supervisor of `npm start` uses it without loading Nest.
export * from './demo-provider';
export * from './kinds';
export * from './load-config';
export * from './server-faults';
export * from './start-up-fault';
