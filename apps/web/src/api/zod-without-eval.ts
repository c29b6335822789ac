import { config } from 'zod/v4/core';

// The content security policy forbids code made from text; without this zod tries whether it may, which is a violation too.
config({ jitless: true });
