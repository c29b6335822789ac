import { Column, Entity, PrimaryColumn } from 'typeorm';
import { AuditFields } from '#database';

/** One imported edition of the EU consolidated list. Never changed; the highest number is in force. */
@AuditFields<SanctionsList>({ open: ['globalFileId', 'sha256', 'importedBy'] })
@Entity({ name: 'sanctions_list' })
export class SanctionsList {
  @PrimaryColumn('uuid') id!: string;
  @Column('int') version!: number;
  @Column('int') number!: number;
  @Column('timestamptz') generatedAt!: Date;
  @Column('text', { nullable: true }) globalFileId!: string | null;
  @Column('text') sha256!: string;
  @Column('int') subjects!: number;
  @Column('int') names!: number;
  @Column('text') importedBy!: string;
  @Column('timestamptz') importedAt!: Date;
}
