import { type Operation, OPERATIONS } from '#contracts';

/** One route of an operation; `putById` gives an operation a second one. */
export interface OperationRoute {
  readonly operation: Operation;
  readonly method: Operation['http']['method'];
  /** Below `/v1`, in OpenAPI form: `/assignments/{assignmentId}`. */
  readonly path: string;
  readonly createsById: boolean;
}

export const OPERATION_ROUTES: readonly OperationRoute[] = OPERATIONS.flatMap((operation) => {
  const { method, path, putById } = operation.http;
  const declared = { operation, method, path, createsById: false };
  return putById
    ? [declared, { operation, method: 'PUT' as const, path: `${path}/{id}`, createsById: true }]
    : [declared];
});
