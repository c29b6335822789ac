import { Module } from '@nestjs/common';
import { PartnershipConsumer } from './partnership.consumer';

/** Projection of partnerships and municipalities from the partnership service's messages. */
@Module({ providers: [PartnershipConsumer] })
export class PartnershipsModule {}
