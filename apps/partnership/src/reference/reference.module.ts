import { Module } from '@nestjs/common';
import { ReferenceReader } from './reference.reader';
import { ReferenceService } from './reference.service';

@Module({ providers: [ReferenceService, ReferenceReader], exports: [ReferenceReader] })
export class ReferenceModule {}
