import { Module } from '@nestjs/common';
import { JournalChain } from './journal-chain';
import { Ledger } from './ledger';

@Module({ providers: [JournalChain, Ledger], exports: [JournalChain, Ledger] })
export class LedgerModule {}
