import { z } from 'zod';
import { CostTerms, FullTimePercent } from '../finance/cost-inputs';
import { pay } from '../pay';
import { Day, Instant, Subject, Text, Written } from '../values';

/**
 * Why an assignment is interrupted or ends early. Coarse on purpose: it travels in messages, which carry nothing about a
 * person's health or family (docs/reliability.md#messages-carry-no-persons); the note that says more stays in the staffing
 * service.
 */
export const AssignmentChangeReason = z
  .enum(['PERSONAL', 'SECURITY', 'EMPLOYER', 'PARTNERSHIP', 'PROGRAMME', 'MUTUAL', 'CONDUCT', 'OTHER'])
  .meta({ id: 'AssignmentChangeReason', description: 'PERSONAL: illness, parental protection, family and the like' });
export type AssignmentChangeReason = z.infer<typeof AssignmentChangeReason>;

export const ShareChange = z
  .strictObject({
    from: Day.meta({ description: 'First day of this share; it holds until the next one, or to the end' }),
    fullTimePercent: FullTimePercent,
    reason: AssignmentChangeReason,
  })
  .meta({ id: 'ShareChange', description: 'Another share of full time from a day on.' });
export type ShareChange = z.infer<typeof ShareChange>;

export const TermsChange = z
  .strictObject({
    from: Day.meta({ description: 'First day of these terms; they hold until the next change of them, or to the end' }),
    terms: pay(CostTerms),
    reason: AssignmentChangeReason,
  })
  .meta({ id: 'TermsChange', description: 'Other family status, salary, rent or purchasing power from a day on.' });

/** What the employer had accepted and is asked about again. */
export const PLAN_PARTS = ['PERIOD', 'SHARE', 'PAY'] as const;
export const PlanPart = z.enum(PLAN_PARTS).meta({ id: 'PlanPart', description: 'What of a plan the employer accepts' });
export type PlanPart = z.infer<typeof PlanPart>;

const NOTE_MAX = 4_000;
export const NOTES_SHOWN = 20;

/** What an officer adds to an act; it may say what no message carries. */
export const noteOfAct = Text(NOTE_MAX)
  .optional()
  .meta({ description: 'Kept with the assignment for the people of the fund; no message carries it' });

export const AssignmentNote = z
  .strictObject({
    act: z.enum([
      'CONFIRMATION',
      'EXTENSION',
      'SHARE_CHANGE',
      'TERMS_CHANGE',
      'INTERRUPTION',
      'RESUMPTION',
      'EARLY_END',
      'CORRECTION',
    ]),
    text: Written(NOTE_MAX),
    by: Subject,
    at: Instant,
  })
  .meta({ id: 'AssignmentNote', description: 'What an officer wrote to an act on an assignment.' });
export type AssignmentNote = z.infer<typeof AssignmentNote>;
