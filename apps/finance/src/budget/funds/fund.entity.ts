import { Column, Entity, PrimaryColumn } from 'typeorm';
import { AppError, type Money, toMinor } from '#contracts';

/** A fund: money of one currency, planned and released per budget year, paid from one account. */
@Entity({ name: 'fund' })
export class Fund {
  @PrimaryColumn('uuid') id!: string;
  @Column('int') version!: number;
  @Column('text') name!: string;
  @Column('char', { length: 3 }) currency!: string;
  @Column('text') accountHolder!: string;
  @Column('text') accountIban!: string;
  @Column('text') accountBic!: string;
  @Column('int') reservationDays!: number;
  @Column('timestamptz') createdAt!: Date;

  /** Minor units of an amount in the fund's currency; any other is refused. */
  minorOf(money: Money): bigint {
    const { amountMinor, currency } = toMinor(money);
    if (currency !== this.currency) {
      throw new AppError('FINANCE_AMOUNT_CURRENCY_MISMATCH', { currency, fundCurrency: this.currency });
    }
    return amountMinor;
  }
}
