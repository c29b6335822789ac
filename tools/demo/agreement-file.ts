import { createHash, randomUUID } from 'node:crypto';
import type { DocumentView } from '#contracts';
import type { ApiClient } from './api-client';
import { user } from './demo-token';

/** A page of a few lines (PDF 32000-1, 7.5): small, the same each time, and made without a library. */
export function pageOf(lines: readonly string[]): Buffer {
  const text = lines.map((line) => `(${line.replace(/[\\()]/g, '\\$&')}) Tj T*`).join(' ');
  const content = `BT /F1 16 Tf 24 TL 72 720 Td ${text} ET`;
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>',
    `<< /Length ${content.length} >>\nstream\n${content}\nendstream`,
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>',
  ];
  const offsets: number[] = [];
  let file = '%PDF-1.7\n';
  for (const [index, object] of objects.entries()) {
    offsets.push(file.length);
    file += `${index + 1} 0 obj\n${object}\nendobj\n`;
  }
  const entries = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('');
  const size = objects.length + 1;
  const table = `xref\n0 ${size}\n0000000000 65535 f \n${entries}trailer\n<< /Size ${size} /Root 1 0 R >>\nstartxref\n${file.length}\n%%EOF\n`;
  return Buffer.from(file + table, 'latin1');
}

/** Gives a file in for a partnership, and answers the id of the document. */
export async function keepFile(api: ApiClient, fileName: string, file: Buffer): Promise<string> {
  const [adviser, uploadId] = [user('adviser'), randomUUID()];
  const content = file.toString('base64');
  await api.post(adviser, `/partnership-uploads/${uploadId}/parts`, { number: 1, content });
  const sha256 = createHash('sha256').update(file).digest('hex');
  const { id } = await api.post<DocumentView>(adviser, '/partnership-documents', {
    fileName,
    upload: { id: uploadId, parts: 1, bytes: file.length, sha256 },
  });
  return id;
}
