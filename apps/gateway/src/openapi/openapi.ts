import { dirname } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { DocumentBuilder, type OpenAPIObject, SwaggerModule } from '@nestjs/swagger';
import { z } from 'zod';
import { SWAGGER_UI_FILES } from '../http/own-paths';
import { components, toOpenApi } from './schemas';

const Problem = z
  .object({
    type: z.string().meta({ description: 'Page that explains the code' }),
    title: z.string(),
    status: z.int(),
    detail: z.string().meta({ description: 'For a person, in the language of Accept-Language (de, en)' }),
    instance: z.string(),
    code: z.string().meta({ description: 'SERVICE_NOUN_CONDITION, stable' }),
    traceId: z.string(),
    details: z.record(z.string(), z.unknown()).optional(),
    errors: z.array(z.strictObject({ pointer: z.string(), code: z.string(), detail: z.string() })).optional(),
  })
  .meta({ id: 'Problem', description: 'RFC 9457 problem details' });

/** Serves the OpenAPI 3.1 document at `/openapi.json`, and what the page at `/docs` needs to show it. */
export function serveOpenApi(app: NestFastifyApplication): void {
  SwaggerModule.setup('docs', app, () => openApiDocument(app), {
    ui: false,
    jsonDocumentUrl: 'openapi.json',
    yamlDocumentUrl: 'openapi.yaml',
  });
  void app
    .getHttpAdapter()
    .getInstance()
    .register(fastifyStatic, {
      root: dirname(require.resolve('swagger-ui-dist/package.json')),
      prefix: '/docs/',
      decorateReply: false,
      index: false,
      maxAge: '1d',
      allowedPath: (path) => SWAGGER_UI_FILES.has(path),
    });
}

export function openApiDocument(app: NestFastifyApplication): OpenAPIObject {
  const config = new DocumentBuilder()
    .setOpenAPIVersion('3.1.0')
    .setTitle('Expert fund for municipal partnerships')
    .setDescription(
      'Fachkräftefonds für kommunale Partnerschaften weltweit. Conventions: ETag and If-Match, Idempotency-Key, signed cursors, RFC 9457 problems.',
    )
    .setVersion('1')
    .setLicense('EUPL-1.2', 'https://joinup.ec.europa.eu/collection/eupl/eupl-text-eupl-12')
    .addBearerAuth()
    .build();
  const document = SwaggerModule.createDocument(app, config);
  toOpenApi(Problem, 'output');
  document.components = { ...document.components, schemas: { ...document.components?.schemas, ...components } };
  return document;
}
