import type { ReactNode } from 'react';
import { type FieldValues, FormProvider } from 'react-hook-form';
import { ErrorSummary } from './error-summary';
import type { OperationForm } from './use-operation-form';

/** The frame of a form: what is wrong above, then the fields. */
export function FormFrame<Values extends FieldValues>({
  state,
  children,
  className,
}: {
  readonly state: OperationForm<Values>;
  readonly children: ReactNode;
  readonly className?: string;
}) {
  return (
    <FormProvider {...state.form}>
      <form
        noValidate
        className={className ?? 'form'}
        onSubmit={(event) => void state.submit(event)}
        aria-busy={state.isSending}
      >
        <ErrorSummary problem={state.problem} ref={state.summary} onStepUp={state.stepUp} />
        {children}
      </form>
    </FormProvider>
  );
}
