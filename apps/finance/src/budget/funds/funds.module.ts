import { Module } from '@nestjs/common';
import { LedgerModule } from '../ledger/ledger.module';
import { FundService } from './fund.service';

@Module({ imports: [LedgerModule], providers: [FundService], exports: [FundService] })
export class FundsModule {}
