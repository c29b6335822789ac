/**
 * A reply whose JSON is written already, by Postgres above all: it passes through service and gateway without being read and written
 * again, which costs more than all else that a page needs. Where contracts are checked it is read and checked like any other.
 */
export class JsonReply<Reply> {
  /** Only its type: what the JSON says. */
  declare readonly reply: Reply;

  constructor(
    readonly json: string,
    /** The reply's own `version`, for the ETag. */
    readonly version: number | null = null,
  ) {}
}
