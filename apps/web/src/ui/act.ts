import type { ReactNode } from 'react';
import type { Operation, ReplyOf, RequestInputOf } from '#contracts';
import type { FieldDeclaration } from './generated-fields';

interface Offer {
  readonly operation: Operation;
  /** A verb: what the button says. */
  readonly label: string;
  /** What usually comes next here: the one primary button of the page. */
  readonly isNext?: boolean;
  /** What is seldom done, or undoes much: it stands back behind the others. */
  readonly isRare?: boolean;
  /** The key of this verdict in a work list, and what the legend calls it. */
  readonly key?: { readonly key: string; readonly label: string };
}

/** An act that has a page of its own. */
export interface ActElsewhere extends Offer {
  readonly to: string;
}

/** One act as a page offers it: words for the operation and for what it asks. */
export interface Act extends Offer {
  /** What is asked once before it is done, where it cannot be undone or where its effect is not plain. */
  readonly ask?: string;
  /** What is said when it is done. */
  readonly done: string;
  readonly fixed: Readonly<Record<string, unknown>>;
  readonly fields: Readonly<Record<string, FieldDeclaration>>;
  readonly waitSeconds?: number;
  /** What follows once it is done and said: the next case of a work list, or something that is shown only once. */
  onReply?(reply: unknown): void;
  /** What it would come to, from what is in the fields, before it is done. */
  readonly preview?: () => ReactNode;
}

interface ActDeclaration<O extends Operation, Fixed extends Partial<RequestInputOf<O>>> extends Omit<
  Act,
  'operation' | 'fixed' | 'fields' | 'onReply'
> {
  readonly operation: O;
  onReply?(reply: ReplyOf<O>): void;
  /** What the page knows: the object's id. */
  readonly fixed: Fixed;
  /** Words for every other member of the request; a member without them does not compile. */
  readonly fields: { readonly [Name in Exclude<keyof RequestInputOf<O>, keyof Fixed>]-?: FieldDeclaration };
}

export function act<O extends Operation, const Fixed extends Partial<RequestInputOf<O>>>(
  declaration: ActDeclaration<O, Fixed>,
): Act {
  return declaration;
}
