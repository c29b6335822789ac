import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useNavigate, useParams } from 'react-router';
import {
  type BankEntryDetail,
  getBankEntry,
  matchBankEntry,
  type MatchProposal,
  proposeBankEntryDismissal,
} from '#contracts/finance';
import { mayCall } from '../api/may';
import { read } from '../api/query';
import { useSession } from '../api/use-session';
import { dayText, moneyText } from '../i18n/format';
import { useLanguage } from '../i18n/language';
import { useTexts } from '../i18n/texts';
import { Button, LinkButton } from '../ui/button';
import { Keys } from '../ui/keys';
import { Page, Section } from '../ui/page';
import { Loaded } from '../ui/query-state';
import { StatusTag } from '../ui/status-tag';
import { Dismissal } from './dismissal';
import { EntryFacts, Matches, Transactions } from './entry-facts';
import { MatchDialog } from './match-dialog';
import { MatchForm } from './match-form';
import { Proposal } from './proposal';
import { ProposeDismissal } from './propose-dismissal';
import { useQueue } from './queue';
import { Awaited, Receipts } from './receipts';
import { TakeBack } from './take-back';
import { bankTexts } from './texts';
import { ENTRY_TONES } from './tones';
import { OPEN_ENTRIES, WORK_LIST } from './work-list';

/** One entry of the bank beside all that it may belong to. */
export function EntryPage() {
  const { bankEntryId = '' } = useParams();
  const query = useQuery(read(getBankEntry, { bankEntryId }));
  return <Loaded query={query}>{(entry) => <Detail key={entry.id} entry={entry} />}</Loaded>;
}

type Asked = MatchProposal | 'dismiss' | 'other';

function Detail({ entry }: { readonly entry: BankEntryDetail }) {
  const { entry: t, entries, direction, entryStatus } = useTexts(bankTexts);
  const language = useLanguage();
  const { roles } = useSession();
  const queue = useQueue(entry.id);
  const [asked, ask] = useState<Asked>();
  const isOpen = OPEN_ENTRIES.some((status) => status === entry.status);
  const canMatch = isOpen && mayCall(matchBankEntry, roles);
  const close = () => ask(undefined);
  return (
    <Page
      title={t.title(direction[entry.direction], moneyText(entry.amount, language), dayText(entry.bookedOn, language))}
      crumbs={[{ label: entries.title, to: WORK_LIST }]}
      tag={<StatusTag tone={ENTRY_TONES[entry.status]}>{entryStatus[entry.status]}</StatusTag>}
      lead={queue.at === undefined ? undefined : t.position(queue.at, queue.count)}
      acts={<EntryActs entry={entry} next={queue.next} onAsk={ask} />}
    >
      <div className="columns columns--narrow-first">
        <div className="page">
          <EntryFacts entry={entry} />
        </div>
        <div className="page">
          <Matches entry={entry} />
          <Receipts entry={entry} />
          <TakeBack entry={entry} />
          {isOpen && (
            <Section title={t.proposals}>
              {entry.proposals.length === 0 && <p className="kern-body">{t.noProposals}</p>}
              {entry.proposals.map((proposal) => (
                <Proposal
                  key={proposal.rank}
                  entry={entry}
                  proposal={proposal}
                  onChoose={canMatch ? () => ask(proposal) : undefined}
                />
              ))}
            </Section>
          )}
          {isOpen && <Awaited entry={entry} />}
          {entry.dismissals.length > 0 && (
            <Section title={t.dismissals}>
              {entry.dismissals.map((each) => (
                <Dismissal key={each.id} dismissal={each} />
              ))}
            </Section>
          )}
        </div>
      </div>
      <Transactions entry={entry} />
      <Dialogs entry={entry} asked={asked} next={queue.next} onClose={close} />
    </Page>
  );
}

interface EntryActsProps {
  readonly entry: BankEntryDetail;
  readonly next: string | undefined;
  readonly onAsk: (asked: Asked) => void;
}

/** The verdicts on an open entry, also by key: 1 takes the first proposal, 2 says that it is none of ours, s goes on. */
function EntryActs({ entry, next, onAsk }: EntryActsProps) {
  const { entry: t, dismissal } = useTexts(bankTexts);
  const { roles } = useSession();
  const navigate = useNavigate();
  const isOpen = OPEN_ENTRIES.some((status) => status === entry.status);
  const canMatch = isOpen && mayCall(matchBankEntry, roles);
  const isDismissing = entry.dismissals.some(({ status }) => status === 'PROPOSED' || status === 'CONFIRMED');
  const canDismiss = isOpen && !isDismissing && mayCall(proposeBankEntryDismissal, roles);
  const [best] = entry.proposals;
  const keys = [
    ...(canMatch && best ? [{ key: '1', label: t.keys.confirm, run: () => onAsk(best) }] : []),
    ...(canDismiss ? [{ key: '2', label: t.keys.dismiss, run: () => onAsk('dismiss') }] : []),
    ...(next === undefined ? [] : [{ key: 's', label: t.keys.skip, run: () => void navigate(next) }]),
  ];
  if (keys.length === 0 && !canMatch) return null;
  return (
    <div className="acts">
      <div className="acts__now">
        {canMatch && <Button onClick={() => onAsk('other')}>{t.other}</Button>}
        {canDismiss && <Button onClick={() => onAsk('dismiss')}>{dismissal.propose.label}</Button>}
        {next !== undefined && <LinkButton to={next}>{t.skip}</LinkButton>}
      </div>
      <Keys keys={keys} />
    </div>
  );
}

interface DialogsProps {
  readonly entry: BankEntryDetail;
  readonly asked: Asked | undefined;
  readonly next: string | undefined;
  readonly onClose: () => void;
}

function Dialogs({ entry, asked, next, onClose }: DialogsProps) {
  const navigate = useNavigate();
  const goOn = () => {
    if (next !== undefined) void navigate(next);
  };
  if (asked === undefined) return null;
  if (asked === 'dismiss') return <ProposeDismissal entry={entry} onClose={onClose} />;
  if (asked === 'other') return <MatchForm entry={entry} onClose={onClose} onDone={goOn} />;
  return <MatchDialog entry={entry} proposal={asked} onClose={onClose} onDone={goOn} />;
}
