export * from './attendee.operations';
export * from './audit-record.operations';
export * from './event.messages';
export * from './event.operations';
export * from './recheck.operations';
export * from './registration.messages';
export * from './registration.operations';
export * from './registration.values';
