import { useFormContext } from 'react-hook-form';
import { FieldGroup } from './field';

const SCORES = ['0', '1', '2', '3', '4'] as const;

interface ScoreFieldProps {
  readonly name: string;
  /** Where the check of the request reports a missing score. */
  readonly fault: string;
  readonly label: string;
  readonly hint: string;
}

/** One criterion: 0 to 4 in a row, by mouse or arrow keys. */
export function ScoreField({ name, fault, label, hint }: ScoreFieldProps) {
  const { register } = useFormContext();
  const id = name.replaceAll('.', '-');
  return (
    <FieldGroup name={fault} label={label} hint={hint}>
      <div className="scores">
        {SCORES.map((score) => (
          <div className="kern-form-check" key={score}>
            <input
              className="kern-form-check__radio"
              type="radio"
              id={`${id}-${score}`}
              value={score}
              {...register(name)}
            />
            <label className="kern-label" htmlFor={`${id}-${score}`}>
              {score}
            </label>
          </div>
        ))}
      </div>
    </FieldGroup>
  );
}
