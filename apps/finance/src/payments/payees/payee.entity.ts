import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { PayeeKind } from '#contracts/finance';
import { AuditFields } from '#database';

/** Who is paid, and to which account: an expert, a partner municipality, or a supplier. One per expert and municipality. */
@AuditFields<Payee>({ open: ['kind'], reduced: ['country'] })
@Entity({ name: 'payee' })
export class Payee {
  @PrimaryColumn('uuid') id!: string;
  @Column('int') version!: number;
  @Column('text') kind!: PayeeKind;
  @Column('uuid', { nullable: true }) expertId!: string | null;
  @Column('uuid', { nullable: true }) municipalityId!: string | null;
  @Column('text') name!: string;
  @Column('text', { nullable: true }) street!: string | null;
  @Column('text', { nullable: true }) buildingNumber!: string | null;
  @Column('text', { nullable: true }) postCode!: string | null;
  @Column('text') town!: string;
  @Column('char', { length: 2 }) country!: string;
  @Column('text', { nullable: true }) iban!: string | null;
  @Column('text', { nullable: true }) accountNumber!: string | null;
  @Column('text', { nullable: true }) bic!: string | null;
  @Column('text') accountHolder!: string;
  @Column('char', { length: 3 }) accountCurrency!: string;
  @Column('timestamptz') createdAt!: Date;
  /** Null for one of before it was kept. */
  @Column('text', { nullable: true }) createdBy!: string | null;
}
