import { unreadMembers } from './request-members';
import { programOf } from './source-program-spec';

/** One operation of a service that does not exist, and what its service does with the request. */
function unreadIn(request: string, service: string): string[] {
  const declarations = `
    interface Operation<R> { subject: string; request: { _zod: { output: R } } }
    export type RequestOf<O> = O extends Operation<infer R> ? R : never;
    export declare const changeThing: Operation<${request}>;
    export declare function actsOn(on: object): (operation: object) => (target: object, name: string) => void;
    export declare function Handle(operation: object): (target: object, name: string) => void;
    export declare function Column(): (target: object, name: string) => void;`;
  const preamble = `
    import { actsOn, changeThing, Column, Handle, type RequestOf } from '../../../libs/contracts/src/events/index';
    export type Request = RequestOf<typeof changeThing>;
    export const act = actsOn({ belongs: (_: object, request: Record<string, unknown>) => request['ownerId'] });
    export class Row { @Column() kept?: string; left?: string; }`;
  const texts = new Map([
    ['/house/libs/contracts/src/events/index.ts', declarations],
    ['/house/apps/events/src/thing.service.ts', preamble + service],
  ]);
  return unreadMembers(programOf(texts), ['events'], new Map([['changeThing', '/things/{thingId}/changes']])).map(
    (sentence) => /member (\w+)/.exec(sentence)?.[1] ?? sentence,
  );
}

describe('a request member is read', () => {
  it.each([
    ['where it is named', 'export const f = (request: Request) => request.note;'],
    ['where it is named as a text', "export const f = (request: Request) => request['note'];"],
    ['where it is taken out', 'export const f = ({ note }: Request) => note;'],
    ['where it is taken out of the rest', 'export const f = ({ id, ...rest }: Request) => [id, rest.note];'],
    [
      'where another function takes it under another type',
      'const g = (it: { note?: string }) => it.note; export const f = (request: Request) => g(request);',
    ],
    [
      'where a spread ends in a type whose member is read',
      'const g = (it: { note?: string; by: string }) => it.note; export const f = (request: Request) => g({ ...request, by: "me" });',
    ],
  ])('%s', (_, service) => {
    expect(unreadIn('{ id: string; note?: string }', `${service} export const id = (it: Request) => it.id;`)).toEqual(
      [],
    );
  });

  it('where it becomes a column', () => {
    const service = 'export const f = (request: Request) => Object.assign(new Row(), request);';
    expect(unreadIn('{ kept?: string; left?: string }', service)).toEqual(['left']);
  });

  it('where an act finds its object by it', () => {
    const service =
      'export class Things { @act(changeThing) change(_: object, request: Request) { return request.note; } }';
    expect(unreadIn('{ thingId: string; ownerId: string; note: string; on: string }', service)).toEqual(['on']);
  });
});

describe('a request member is not read', () => {
  it.each([
    ['when nobody names it', ''],
    ['when it is set aside', 'export const f = ({ note: _note }: Request) => 1;'],
    ['when another type with that member is read', 'export const f = (it: { note: string }) => it.note;'],
    ['when it is only left in the rest', 'export const f = ({ id, ...rest }: Request) => [id, rest];'],
    ['when the request is handed on as anything', 'export const f = (request: Request) => JSON.stringify(request);'],
    [
      'when the request is spread into what lacks it',
      'const g = (it: { by: string }) => it.by; export const f = (request: Request) => g({ ...request, by: "me" });',
    ],
  ])('%s', (_, service) => {
    expect(unreadIn('{ id: string; note?: string }', `${service} export const id = (it: Request) => it.id;`)).toEqual([
      'note',
    ]);
  });
});
