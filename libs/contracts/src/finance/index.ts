export * from './cost-inputs';
