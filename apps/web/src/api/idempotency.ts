/**
 * One key for one thing that a person wants done: sending the same content again uses the same key, so that it happens once;
 * other content is another thing.
 */
export function idempotencyKeys(): (content: unknown) => string {
  let last: { readonly content: string; readonly key: string } | undefined;
  return (content) => {
    const text = JSON.stringify(content);
    if (last?.content !== text) last = { content: text, key: crypto.randomUUID() };
    return last.key;
  };
}
