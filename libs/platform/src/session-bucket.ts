/** The key-value bucket of NATS that holds the sessions of the browsers; the migration step makes it, the gateway alone reads and writes it. */
export const SESSION_BUCKET = 'sessions';
/** What a bucket is to JetStream. */
export const SESSION_STREAM = `KV_${SESSION_BUCKET}`;
/** So long an entry lies there after it was written last: longer than any session may be. */
export const SESSION_BUCKET_HOURS = 24;
