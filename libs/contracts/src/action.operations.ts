import { z } from 'zod';
import { operation, pathParameters } from './operation';
import { type Allow, ROLES } from './roles';
import type { ServiceName } from './service-name';
import { Id, Version, Written } from './values';

const Sentence = Written(1_000);

/** With what an act would be refused. */
export const Refusal = z.strictObject({ code: Written(100), en: Sentence, de: Sentence }).nullable();

export const ActionView = z
  .strictObject({
    operation: Written(100).meta({ description: 'The operation id of the act in this document' }),
    summary: Written(200),
    method: z.enum(['POST', 'PUT', 'PATCH', 'DELETE']),
    path: Written(300).meta({
      description:
        'Below `/v1`, with the ids of the object filled in; `{...}` is left where the act concerns a part of it',
    }),
    roles: z.array(z.enum(ROLES)).max(ROLES.length).meta({ description: 'Who may carry it out' }),
    isPossible: z.boolean().meta({
      description: 'Whether the caller could do it now; what the act itself says of its request comes when it is tried',
    }),
    refusal: Refusal.meta({ description: 'Why not: the code and sentence with which the act would be refused' }),
  })
  .meta({ id: 'ActionView', description: 'One act on an object, and whether it is possible now.' });
export type ActionView = z.infer<typeof ActionView>;

export const ActionsView = z
  .strictObject({
    version: Version.meta({ description: 'Of the object; `If-Match` of the acts' }),
    items: z.array(ActionView).max(50),
  })
  .meta({ id: 'ActionsView', description: 'Everything that can be done with an object, and what of it is possible.' });
export type ActionsView = z.infer<typeof ActionsView>;

/** The operation that tells what can be done with an object; it follows from the acts, which also decide when they are tried. */
export function actionsOf(object: `rpc.${ServiceName}.${string}`, path: `/${string}`, allow: Allow) {
  const request = Object.fromEntries(pathParameters(path).map((name) => [name, Id]));
  return operation({
    subject: `${object}.list-actions`,
    http: { method: 'GET', path: `${path}/actions` },
    summary: `What can be done with this ${object.split('.')[2]?.replaceAll('-', ' ') ?? 'object'}, and what of it is possible now`,
    description:
      'Every act with the roles that may carry it out. Where the caller cannot do it now, the refusal that the act would answer.',
    request: z.strictObject(request),
    reply: ActionsView,
    allow,
  });
}
