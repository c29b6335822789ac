import { Batches } from './batches';

describe('batches', () => {
  it('hand over a lone item at once, and together what came meanwhile', async () => {
    const seen: number[][] = [];
    let release = () => {};
    const batches = new Batches<number>(async (items) => {
      seen.push([...items]);
      if (seen.length === 1) await new Promise<void>((resolve) => (release = resolve));
    });
    batches.add(1);
    await new Promise((resolve) => setImmediate(() => setImmediate(resolve)));
    for (const item of [2, 3, 4]) batches.add(item);
    release();
    await batches.idle();
    expect(seen).toEqual([[1], [2, 3, 4]]);
  });
});
