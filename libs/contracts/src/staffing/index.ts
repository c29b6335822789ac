export * from './assignment-change.operations';
export * from './assignment-change.values';
export * from './assignment.operations';
export * from './expert-request.operations';
export * from './expert.operations';
export * from './field-of-action';
export * from './report.operations';
export * from './staffing.messages';
