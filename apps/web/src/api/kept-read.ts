import type { Operation, ReplyOf, RequestInputOf } from '#contracts';
import { Problem } from './problem';
import { type Read, read } from './query';
import { get, put } from './vault';

/** A read of what is written about where there is no line: without one it answers what was read last. */
export function keptRead<O extends Operation>(operation: O, input: RequestInputOf<O>): Read<ReplyOf<O>> {
  const own = read(operation, input);
  const place = `read.${JSON.stringify(own.queryKey)}`;
  return {
    ...own,
    queryFn: async (context) => {
      try {
        const reply = await own.queryFn(context);
        // A browser may keep nothing: then there is nothing to read without a line.
        await put(place, reply).catch((error: unknown) => reportError(error));
        return reply;
      } catch (error) {
        const kept = error instanceof Problem && error.status === 0 ? await get<ReplyOf<O>>(place) : undefined;
        if (kept === undefined) throw error;
        return kept;
      }
    },
  };
}
