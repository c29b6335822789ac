import { applyDecorators } from '@nestjs/common';
import {
  ApiBearerAuth,
  ApiBody,
  type ApiBodyOptions,
  ApiConsumes,
  ApiExtension,
  ApiHeader,
  ApiOperation,
  ApiParam,
  ApiQuery,
  ApiResponse,
  ApiTags,
  type SchemaObject,
} from '@nestjs/swagger';
import { AppError, type ErrorCode, type Operation, pathParameters, STATUS_OF_KIND } from '#contracts';
import { z } from 'zod';
import { MERGE_PATCH } from '../http/headers';
import type { OperationRoute } from '../http/operation-routes';
import { toOpenApi } from './schemas';

const PROBLEM = { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } };

/** Writes an operation's declaration into the OpenAPI document: nothing about a route is described twice. */
export function documentOperation(
  route: OperationRoute,
  prototype: object,
  name: string,
  descriptor: PropertyDescriptor,
): void {
  const { operation } = route;
  applyDecorators(
    ApiTags(route.path.split('/')[1] ?? ''),
    ...(operation.isPublic ? [] : [ApiBearerAuth()]),
    ApiOperation({ operationId: name, summary: operation.summary, description: description(operation) }),
    ApiExtension('x-roles', operation.allow),
    ...(operation.stepUp ? [ApiExtension('x-step-up', true)] : []),
    ...parameters(route),
    ...headers(route),
    ...responses(route),
  )(prototype, name, descriptor);
}

function description(operation: Operation): string {
  const errors = operation.errors?.map((code) => `\`${code}\``).join(', ');
  return [operation.description, errors && `Refuses with ${errors}.`].filter(Boolean).join('\n\n');
}

function parameters(route: OperationRoute): MethodDecorator[] {
  const { shape } = route.operation.request;
  const inPath = pathParameters(route.path);
  const path = inPath.map((name) =>
    ApiParam({ name, required: true, schema: toOpenApi(member(shape, name), 'input') }),
  );
  const rest = Object.keys(shape).filter(
    (name) => !inPath.includes(name) && !(route.operation.http.putById && name === 'id'),
  );
  if (!route.operation.isWrite) return [...path, ...rest.map((name) => query(name, member(shape, name)))];
  if (rest.length === 0) return path;
  const body = z.strictObject(Object.fromEntries(rest.map((name) => [name, member(shape, name)])));
  const schema = toOpenApi(body, 'input');
  if (route.operation.http.upload) return [...path, ...fileOrJson(route.operation, schema)];
  const consumes = route.method === 'PATCH' ? [ApiConsumes(MERGE_PATCH)] : [];
  return [...path, ...consumes, ApiBody({ required: true, schema })];
}

/** The file itself, with some members in the query, or all of it in JSON. */
function fileOrJson({ http, request }: Operation, json: SchemaObject): MethodDecorator[] {
  const { mediaTypes = [], query: names = [] } = http.upload ?? {};
  const file = mediaTypes.map((mediaType) => [mediaType, { schema: { type: 'string', format: 'binary' } }] as const);
  const inQuery = names.map((name) =>
    ApiQuery({
      name,
      required: false,
      description: 'With the file as the body only',
      schema: toOpenApi(member(request.shape, name), 'input'),
    }),
  );
  const content = { 'application/json': { schema: json }, ...Object.fromEntries(file) };
  return [
    ...inQuery,
    ApiConsumes('application/json', ...mediaTypes),
    ApiBody({ required: true, content } as ApiBodyOptions),
  ];
}

function member(shape: Record<string, unknown>, name: string): z.ZodType {
  return shape[name] as z.ZodType;
}

function query(name: string, schema: z.ZodType): MethodDecorator {
  return ApiQuery({
    name,
    required: !schema.safeParse(undefined).success,
    explode: false,
    schema: toOpenApi(schema, 'input'),
  });
}

function headers(route: OperationRoute): MethodDecorator[] {
  const { operation } = route;
  const found: MethodDecorator[] = [];
  const header = (name: string, required: boolean, text: string) =>
    found.push(ApiHeader({ name, required, description: text, schema: { type: 'string' } }));
  if (operation.isWrite)
    header(
      'Idempotency-Key',
      operation.idempotency === 'required',
      'Repeating the request with the same key has no further effect',
    );
  if (operation.precondition === 'required')
    header('If-Match', true, 'The ETag you last read; 412 when the resource changed since');
  if (route.createsById) header('If-None-Match', true, 'Always *: the id must be new');
  if (operation.settles) header('Prefer', false, 'wait=N waits up to N seconds (at most 10) for the outcome');
  return found;
}

function responses(route: OperationRoute): MethodDecorator[] {
  const { operation } = route;
  const success = route.createsById ? 201 : (operation.http.success ?? 200);
  const schema = toOpenApi(operation.reply, 'output');
  const content = operation.http.file
    ? { [operation.http.file]: { schema: { type: 'string' } } }
    : { 'application/json': { schema } };
  const statuses = new Set([
    400,
    ...(operation.isPublic ? [] : [401, 403]),
    404,
    503,
    504,
    ...(operation.errors ?? []).map(statusOf),
  ]);
  if (operation.precondition === 'required') for (const status of [412, 428]) statuses.add(status);
  if (operation.isWrite) for (const status of [409, 422]) statuses.add(status);
  return [
    ApiResponse({ status: success, description: 'Done', content }),
    ...(operation.settles
      ? [ApiResponse({ status: 200, description: 'The outcome, with Prefer: wait', content })]
      : []),
    ...[...statuses].map((status) => ApiResponse({ status, description: 'Refused', content: PROBLEM })),
  ];
}

function statusOf(code: ErrorCode): number {
  return STATUS_OF_KIND[new AppError(code).kind];
}
