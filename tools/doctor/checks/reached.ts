import type { Finding } from '../check';
import { NotExamined } from '../not-examined';

/** A finding when an attempt to reach something fails, in the words of the attempt. */
export async function reached(attempt: () => Promise<unknown>, remedy: string): Promise<Finding[]> {
  try {
    await attempt();
    return [];
  } catch (error) {
    if (error instanceof NotExamined) throw error;
    const sentence = error instanceof Error ? error.message : 'It does not answer.';
    return [{ sentence: sentence.endsWith('.') ? sentence : `${sentence}.`, remedy }];
  }
}
