import { Controller, Delete, Get, Inject, Patch, Post, Put, Req, Res, type Type } from '@nestjs/common';
import { RouteConfig } from '@nestjs/platform-fastify';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { operationId } from '#contracts';
import type { Access } from '../http/access';
import { OPERATION_ROUTES, type OperationRoute } from '../http/operation-routes';
import { documentOperation } from '../openapi/operation-documentation';
import { OperationRunner } from './operation-runner';

const ROUTE = { GET: Get, POST: Post, PUT: Put, PATCH: Patch, DELETE: Delete };

/** Makes an ordinary Nest controller for each resource (first path segment) out of the declared operations. */
export function operationControllers(): Type[] {
  const byResource = Map.groupBy(OPERATION_ROUTES, (route) => route.path.split('/')[1] ?? '');
  return [...byResource].map(([resource, routes]) => resourceController(resource, routes));
}

function resourceController(resource: string, routes: readonly OperationRoute[]): Type {
  class ResourceController {
    constructor(readonly runner: OperationRunner) {}
  }
  Object.defineProperty(ResourceController, 'name', { value: `${pascalCase(resource)}Controller` });
  Inject(OperationRunner)(ResourceController, undefined, 0);
  for (const route of routes) addRoute(ResourceController, route);
  Controller('v1')(ResourceController);
  return ResourceController;
}

function addRoute(controller: Type<{ runner: OperationRunner }>, route: OperationRoute): void {
  const name = `${operationId(route.operation)}${route.createsById ? '_put' : ''}`;
  const prototype = controller.prototype as Record<string, unknown>;
  prototype[name] = function (this: { runner: OperationRunner }, request: FastifyRequest, reply: FastifyReply) {
    return this.runner.carryOut(route, request, reply);
  };
  const descriptor = Object.getOwnPropertyDescriptor(prototype, name) ?? {};
  Req()(prototype, name, 0);
  Res()(prototype, name, 1);
  ROUTE[route.method](route.path.replaceAll(/\{(\w+)\}/g, ':$1'))(prototype, name, descriptor);
  RouteConfig({ access: { kind: 'operation', route } satisfies Access })(prototype, name, descriptor);
  documentOperation(route, prototype, name, descriptor);
}

function pascalCase(kebab: string): string {
  return kebab.replaceAll(/(^|-)(\w)/g, (_, __, letter: string) => letter.toUpperCase());
}
