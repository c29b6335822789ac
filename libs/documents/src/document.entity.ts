import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { DocumentMediaType } from '#contracts';
import { AuditFields } from '#database';

/**
 * A file that somebody gave in: its name, what it is, and whose it is. Its bytes stand in `document_content`, once for all documents
 * of the same sha256.
 */
@AuditFields<Document>({ open: ['mediaType', 'bytes', 'sha256', 'keptBy', 'usedBy'] })
@Entity({ name: 'document' })
export class Document {
  @PrimaryColumn('uuid') id!: string;
  @Column('int') version!: number;
  @Column('text') fileName!: string;
  @Column('text') mediaType!: DocumentMediaType;
  @Column('int') bytes!: number;
  @Column('text') sha256!: string;
  @Column('text') keptBy!: string;
  @Column('timestamptz') keptAt!: Date;
  /** Whose it is, where somebody outside the fund gave it in. */
  @Column('uuid', { nullable: true }) municipalityId!: string | null;
  @Column('uuid', { nullable: true }) expertId!: string | null;
  /** What names it, such as `proof-of-use <id>`; null: nothing yet, and it is forgotten after a day. */
  @Column('text', { nullable: true }) usedBy!: string | null;
}
