import { Injectable } from '@nestjs/common';
import type { IncomingMessage } from '#contracts';
import { payoutSent } from '#contracts/finance';
import type { Tx } from '#database';
import { Consume } from '#messaging';

/**
 * Notes that money has moved, whatever became of it at the bank. An assignment that staffing does not know has nothing that could be
 * corrected, so the message is for finance's other readers.
 */
@Injectable()
export class PaymentConsumer {
  @Consume(payoutSent)
  async sent({ data }: IncomingMessage<typeof payoutSent>, tx: Tx): Promise<void> {
    await tx.execute('UPDATE assignment SET has_money_moved = true WHERE id = $1 AND NOT has_money_moved', [
      data.assignmentId,
    ]);
  }
}
