import { Module } from '@nestjs/common';
import { LedgerModule } from '../ledger/ledger.module';
import { FundController } from './fund.controller';
import { FundService } from './fund.service';

@Module({ imports: [LedgerModule], controllers: [FundController], providers: [FundService], exports: [FundService] })
export class FundsModule {}
