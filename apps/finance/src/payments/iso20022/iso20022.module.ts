import { Module } from '@nestjs/common';
import { Iso20022Schemas } from './iso20022-schemas';

@Module({ providers: [Iso20022Schemas], exports: [Iso20022Schemas] })
export class Iso20022Module {}
