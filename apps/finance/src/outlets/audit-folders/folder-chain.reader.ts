import type { Tx } from '#database';
import { type HashChain, readLinks } from '#messaging';
import type { FolderFile } from './folder-file';

/** A longer way to the next checkpoint is not handed out: the link of the record itself is, and the audit verifier walks the rest. */
const LINKS_MAX = 5_000;
const BATCH = 1_000;

/**
 * The links of a chain that prove records: from each to the signed checkpoint that follows it, or to the end of the chain. Who
 * verifies them sees that the record is the one whose hash the checkpoint rests on.
 */
export async function readChain(
  tx: Tx,
  chain: HashChain,
  recordIds: readonly string[],
  /** Numbers of the last links that checkpoints counted, in their sequence. */
  counted: readonly number[],
): Promise<FolderFile> {
  const rows = await tx.query<{ seq: bigint }>(
    `SELECT seq FROM ${chain.sealTable} WHERE ${chain.sealedIdColumn} = ANY ($1::uuid[]) ORDER BY seq`,
    [recordIds],
  );
  const [head] = await tx.query<{ seq: bigint }>(`SELECT max(seq) AS seq FROM ${chain.sealTable}`);
  const lines: string[] = [];
  let written = 0;
  for (const seq of rows.map((row) => Number(row.seq))) {
    if (seq <= written) continue;
    const end = counted.find((count) => count >= seq) ?? Number(head?.seq ?? seq);
    const last = end - seq < LINKS_MAX ? end : seq;
    for (let after = seq - 1; after < last; after = written) {
      const links = await readLinks(tx, chain, BigInt(after), Math.min(BATCH, last - after));
      for (const { previousHash, hash, recordId: id, content, ...link } of links) {
        written = Number(link.seq);
        const [previous, own] = [previousHash, hash].map((it) => it.toString('hex'));
        lines.push(`${JSON.stringify({ seq: written, id, previous, hash: own, content })}\n`);
      }
      if (links.length === 0) break;
    }
  }
  return { path: `chain/${chain.name}.ndjson`, content: Buffer.from(lines.join('')) };
}
