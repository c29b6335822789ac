import { Module } from '@nestjs/common';
import { AssignmentConsumer } from './assignment.consumer';
import { AssignmentCopyReader } from './assignment-copy.reader';
import { AssignmentMoneyConsumer } from './assignment-money.consumer';

/** Copies of the assignments of the partnerships and of their money, from the messages of staffing and finance. */
@Module({
  providers: [AssignmentConsumer, AssignmentMoneyConsumer, AssignmentCopyReader],
  exports: [AssignmentCopyReader],
})
export class AssignmentsModule {}
