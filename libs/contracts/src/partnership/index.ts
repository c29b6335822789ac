export * from './agreement.operations';
export * from './eligibility.operations';
export * from './municipality.operations';
export * from './partnership.messages';
export * from './partnership.operations';
export * from './recheck.operations';
export * from './reference.operations';
export * from './register.operations';
