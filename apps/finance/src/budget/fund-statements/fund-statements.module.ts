import { Module } from '@nestjs/common';
import { FundsModule } from '../funds/funds.module';
import { FundStatementReader } from './fund-statement.reader';

@Module({ imports: [FundsModule], providers: [FundStatementReader] })
export class FundStatementsModule {}
