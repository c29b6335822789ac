import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { CostCategory, InvoiceFormat } from '#contracts/finance';
import { AuditFields, bigintColumn } from '#database';

/**
 * An invoice as a person confirmed it: never changed. What becomes of it is told by its payouts; one whose payment was cancelled may be
 * recorded again.
 */
@AuditFields<SupplierInvoice>({ open: ['category', 'format', 'typedOver', 'recordedBy'] })
@Entity({ name: 'supplier_invoice' })
export class SupplierInvoice {
  @PrimaryColumn('uuid') id!: string;
  @Column('int') version!: number;
  @Column('uuid') fundId!: string;
  @Column('int') budgetYear!: number;
  @Column('text') category!: CostCategory;
  @Column('text') subject!: string;
  @Column('uuid') payeeId!: string;
  @Column('text') number!: string;
  @Column('date') issuedOn!: string;
  @Column('date') dueOn!: string;
  @Column('char', { length: 3 }) currency!: string;
  @Column('bigint', { transformer: bigintColumn }) netMinor!: bigint;
  @Column('bigint', { transformer: bigintColumn }) vatMinor!: bigint;
  @Column('bigint', { transformer: bigintColumn }) prepaidMinor!: bigint;
  @Column('bigint', { transformer: bigintColumn }) totalMinor!: bigint;
  @Column('text', { nullable: true }) buyerReference!: string | null;
  @Column('text', { nullable: true }) paymentReference!: string | null;
  @Column('text', { nullable: true }) creditorReference!: string | null;
  @Column('uuid', { nullable: true }) assignmentId!: string | null;
  @Column('uuid', { nullable: true }) eventId!: string | null;
  @Column('uuid') documentId!: string;
  @Column('text') format!: InvoiceFormat;
  /** Fields in which what a person confirmed differs from what was read. */
  @Column('jsonb') typedOver!: string[];
  @Column('text') recordedBy!: string;
  @Column('timestamptz') recordedAt!: Date;
}
