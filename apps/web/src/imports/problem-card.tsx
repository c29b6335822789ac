import { type SyntheticEvent, useId, useState } from 'react';
import type { ImportProblem, ImportProposal } from '#contracts/partnership';
import { common } from '../i18n/common';
import { countryName, dayText } from '../i18n/format';
import { useLanguage } from '../i18n/language';
import { useTexts } from '../i18n/texts';
import { Button } from '../ui/button';
import type { Repairing } from './use-repair';
import { importTexts } from './texts';

interface ProblemCardProps {
  readonly problem: ImportProblem;
  readonly rows: readonly number[];
  readonly repairing: Repairing;
}

/** One question about a cell, or about all cells in which it is the same: proposals by one press, or another value typed. */
export function ProblemCard({ problem, rows, repairing }: ProblemCardProps) {
  const { problems: t, fields } = useTexts(importTexts);
  const nameOf = useProposalName();
  const aboutOf = useAbout();
  const { field, code, value, proposals } = problem;
  return (
    <div className="stack">
      <p className="kern-body">
        <strong>{fields[field]}:</strong> {t.says[code](value, aboutOf(problem))}
      </p>
      {proposals.length > 0 && (
        <div className="buttons">
          {proposals.map((each) => (
            <Button
              key={`${each.field} ${each.value}`}
              aria-disabled={repairing.isSending}
              onClick={() => void repairing.repair({ rows, field: each.field, value: each.value })}
            >
              {nameOf(each)}
            </Button>
          ))}
        </div>
      )}
      <Typed problem={problem} rows={rows} repairing={repairing} />
    </div>
  );
}

/** What no proposal says; or that the rows are left out, and why. */
function Typed({ problem, rows, repairing }: ProblemCardProps) {
  const { problems: t, fields } = useTexts(importTexts);
  const [isLeftOut, leaveOut] = useState(false);
  const [text, setText] = useState('');
  const id = useId();
  const send = (event: SyntheticEvent) => {
    event.preventDefault();
    const value = text.trim();
    if (value === '') return;
    void repairing.repair({ rows, field: isLeftOut ? 'leaveOut' : problem.field, value });
    setText('');
  };
  return (
    <details className="waiting" open={problem.proposals.length === 0 || undefined}>
      <summary>{t.otherwise}</summary>
      <form className="stack stack--start" onSubmit={send}>
        <div className="kern-form-input">
          <label className="kern-label" htmlFor={id}>
            {isLeftOut ? t.reason : problem.field === 'another' ? t.another : t.other(fields[problem.field])}
          </label>
          <input
            id={id}
            className="kern-form-input__input"
            type="text"
            autoComplete="off"
            maxLength={500}
            value={text}
            onChange={(event) => setText(event.target.value)}
          />
        </div>
        <div className="buttons">
          <Button type="submit" aria-disabled={repairing.isSending || text.trim() === ''}>
            {isLeftOut ? t.leaveOut(rows.length) : t.take}
          </Button>
          <Button rank="tertiary" onClick={() => leaveOut(!isLeftOut)}>
            {isLeftOut ? t.otherInstead : t.leaveOutInstead}
          </Button>
        </div>
      </form>
    </details>
  );
}

/** What a proposal is called in words of the office. */
export function useProposalName(): (proposal: ImportProposal) => string {
  const { problems: t } = useTexts(importTexts);
  const { words } = useTexts(common);
  const language = useLanguage();
  return ({ field, value, label, detail }) => {
    if (field === 'germanKey')
      return label === null ? value : `${label} (${value}${detail === null ? '' : `, ${detail}`})`;
    if (field === 'country') return countryName(value, language);
    if (field === 'partner') return label === null ? t.newPartner : t.recorded(label);
    if (field === 'kind') return words.partnershipKind[value as keyof typeof words.partnershipKind] ?? value;
    if (field === 'partnerKind') return words.municipalityKind[value as keyof typeof words.municipalityKind] ?? value;
    if ((field === 'from' || field === 'lastDay') && /^\d{4}-\d\d-\d\d$/.test(value)) return dayText(value, language);
    return value;
  };
}

function useAbout(): (problem: ImportProblem) => string {
  const language = useLanguage();
  return ({ field, code, about }) => {
    if (about === null) return '';
    return field === 'lastDay' && code === 'PERIOD_REVERSED' ? dayText(about, language) : about;
  };
}
