import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { ExpertView } from '#contracts/staffing';
import { AuditFields } from '#database';

/** An expert (Fachkraft) as the case needs it. Who the person is stands in `expert_person`, so that erasure leaves the case whole. */
@AuditFields<Expert>({ reduced: ['residenceCountry'] })
@Entity({ name: 'expert' })
export class Expert {
  @PrimaryColumn('uuid') id!: string;
  @Column('int') version!: number;
  @Column('jsonb') languages!: ExpertView['languages'];
  @Column('text', { array: true }) fieldsOfAction!: string[];
  @Column('text', { array: true }) qualifications!: string[];
  @Column('text', { array: true }) citizenships!: string[];
  @Column('char', { length: 2 }) residenceCountry!: string;
  @Column('timestamptz') createdAt!: Date;
}
