/**
 * The largest NATS message of the platform, in bytes: the broker's `max_payload` in every configuration is made of it, frames are
 * cut to it, and whatever bounds a page, a part or a body derives its own bound from it.
 */
export const PAYLOAD_BYTES_MAX = 1024 * 1024;

/** What a frame says about one answer beside its body (ids, flags, version, length). */
const ANSWER_FRAME_BYTES = 1024;

/** The largest answer of one call, as bytes of its JSON; a larger one is refused alone with PLATFORM_ANSWER_TOO_LARGE. */
export const ANSWER_BYTES_MAX = PAYLOAD_BYTES_MAX - ANSWER_FRAME_BYTES;

/** What travels beside a request: its token (8 KiB at most), key, trace and the frame around them. */
const REQUEST_FRAME_BYTES = 16 * 1024;

/** The largest request of one call, as bytes of its JSON, and so the largest body over HTTP; larger files come in parts. */
export const REQUEST_BYTES_MAX = PAYLOAD_BYTES_MAX - REQUEST_FRAME_BYTES;
