import { AppError } from '#contracts';
import type { AssignmentStatus, ShareChange } from '#contracts/staffing';
import { costInputsOn, isOtherTerms, withTermsChange } from '#contracts/finance';
import { AssignmentColumns, type FundingRefusal, type TermsChange } from './assignment-columns.entity';
import { refuseTerms, shareOn, withShare } from './plan-parts';

/** What an assignment that serves asks the fund for: a longer term, another share, other terms; one at a time. */
export abstract class AssignmentRequests extends AssignmentColumns {
  assertCanExtend(): void {
    if (this.status !== 'ACTIVE') throw this.transitionError('ACTIVE');
    this.refuseOpenRequest();
  }

  /** The period stays until the fund covers the longer one; the expert is held for it from now on. */
  requestExtension(to: string): void {
    this.assertCanExtend();
    if (to <= this.periodTo) throw this.dayError(to);
    this.extensionRequestedTo = to;
    this.extensionVersion = this.version + 1;
    this.extensionRefusedTo = null;
    this.extensionRefusal = null;
  }

  /** Whether an answer of the fund belongs to the extension that was asked for last and is still open. */
  isWaitingForExtension(requestVersion: number): boolean {
    return this.extensionRequestedTo !== null && this.extensionVersion === requestVersion;
  }

  extend(): void {
    this.periodTo = this.extensionRequestedTo ?? this.periodTo;
    this.extensionRequestedTo = null;
  }

  refuseExtension(refusal: FundingRefusal): void {
    this.extensionRefusedTo = this.extensionRequestedTo;
    this.extensionRequestedTo = null;
    this.extensionRefusal = refusal;
  }

  /** The share, or the terms: the fund is asked about one change at a time. */
  assertCanChangeTerms(): void {
    if (this.status !== 'ACTIVE') throw this.transitionError('ACTIVE');
    this.refuseOpenRequest();
  }

  /** The share stays until the fund covers the other one; the expert is held for the larger one from now on. */
  requestShareChange({ from, fullTimePercent, reason }: ShareChange): void {
    this.assertCanChangeTerms();
    if (from < this.periodFrom || from >= this.periodTo) throw this.dayError(from);
    const held = [from, this.periodTo].map((day) => shareOn(this.fullTimePercent, this.shareChanges, day));
    if (held.every((percent) => percent === fullTimePercent))
      throw new AppError('STAFFING_ASSIGNMENT_SHARE_UNCHANGED', { from, fullTimePercent });
    this.shareRequest = { from, fullTimePercent, reason, version: this.version + 1 };
    this.shareRefusal = null;
  }

  /** The terms stay until the fund covers the others. */
  requestTermsChange({ from, terms, reason }: TermsChange): void {
    this.assertCanChangeTerms();
    if (from < this.periodFrom || from >= this.periodTo) throw this.dayError(from);
    const { costInputs, termsChanges } = this;
    refuseTerms(costInputsOn(costInputs, termsChanges, from), terms);
    if (!isOtherTerms(costInputs, termsChanges, { from, terms }))
      throw new AppError('STAFFING_ASSIGNMENT_TERMS_UNCHANGED', { from });
    this.termsRequest = { from, terms, reason, version: this.version + 1 };
    this.termsRefusal = null;
  }

  /** The share or the terms that were asked for at that version. Answers whether that was still open. */
  grantChange(requestVersion: number): boolean {
    const { share, terms } = this.takeRequest(requestVersion);
    if (share) this.shareChanges = withShare(this.shareChanges, share);
    if (terms) this.termsChanges = withTermsChange(this.termsChanges, terms);
    return share !== undefined || terms !== undefined;
  }

  refuseChange(requestVersion: number, refusal: FundingRefusal): boolean {
    const { share, terms } = this.takeRequest(requestVersion);
    if (share) this.shareRefusal = { ...share, refusal };
    if (terms) this.termsRefusal = { ...terms, refusal };
    return share !== undefined || terms !== undefined;
  }

  private takeRequest(requestVersion: number): { share?: ShareChange; terms?: TermsChange } {
    if (this.shareRequest?.version === requestVersion) {
      const { version: _, ...share } = this.shareRequest;
      this.shareRequest = null;
      return { share };
    }
    if (this.termsRequest?.version !== requestVersion) return {};
    const { version: _, ...terms } = this.termsRequest;
    this.termsRequest = null;
    return { terms };
  }

  /** While the fund is asked about the period, the share or the terms nothing else changes them. */
  protected refuseOpenRequest(): void {
    if (this.extensionRequestedTo !== null) throw new AppError('STAFFING_ASSIGNMENT_EXTENSION_PENDING');
    if (this.shareRequest !== null || this.termsRequest !== null)
      throw new AppError('STAFFING_ASSIGNMENT_SHARE_CHANGE_PENDING');
  }

  protected dayError(day: string): AppError {
    return new AppError('STAFFING_ASSIGNMENT_DAY_NOT_ALLOWED', {
      day,
      departedOn: this.departedOn,
      periodTo: this.periodTo,
    });
  }

  protected transitionError(next: AssignmentStatus): AppError {
    return new AppError('STAFFING_ASSIGNMENT_TRANSITION_NOT_ALLOWED', { from: this.status, to: next });
  }
}
