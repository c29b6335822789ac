export * from './eventually';
export * from './infrastructure';
export * from './test-caller';
export * from './test-database';
export * from './test-issuer';
