import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { loadConfig } from './load-config';

const schema = z.object({
  PORT: z.coerce.number().int(),
  SECRET: z.string().min(8),
  MODE: z.enum(['a', 'b']).default('a'),
});

describe('the configuration', () => {
  it('is typed, with defaults', () => {
    expect(loadConfig(schema, { PORT: '80', SECRET: 'long enough' })).toEqual({
      PORT: 80,
      SECRET: 'long enough',
      MODE: 'a',
    });
  });

  it('takes an empty variable for none', () => {
    expect(loadConfig(schema, { PORT: '80', SECRET: 'long enough', MODE: '' }).MODE).toBe('a');
    expect(() => loadConfig(schema, { PORT: '', SECRET: 'long enough' })).toThrow('PORT');
  });

  it('lists every fault at once and never prints a value', () => {
    const load = () => loadConfig(schema, { PORT: 'x', SECRET: 'hunter2' });
    expect(load).toThrow(/PORT[\s\S]*SECRET/);
    expect(load).not.toThrow(/hunter2/);
  });

  it('reads a secret from the file that <NAME>_FILE names', () => {
    const folder = mkdtempSync(join(tmpdir(), 'config-'));
    try {
      writeFileSync(join(folder, 'secret'), 'from a file\n');
      expect(loadConfig(schema, { PORT: '1', SECRET_FILE: join(folder, 'secret') }).SECRET).toBe('from a file');
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
