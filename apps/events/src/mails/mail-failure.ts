/** What is kept of a failure: the mail server's words may hold the address. */
export interface MailFailure {
  readonly text: string;
  /** The server refused this very mail, and would do so again. */
  readonly isFinal: boolean;
}

const OF_THE_MAIL = ['EENVELOPE', 'EMESSAGE'];
/** RFC 5321, 4.2.1: 4yz may succeed later, 5yz will not. */
const FINAL_FROM = 500;

/** Reads what the mail library threw. That we may not send at all (a wrong password, 535) is no fault of the mail, and passes. */
export function mailFailureOf(error: unknown): MailFailure {
  const { code, responseCode } = (error ?? {}) as { code?: unknown; responseCode?: unknown };
  const [name, reply] = [typeof code === 'string' ? code : 'EUNKNOWN', Number(responseCode)];
  const isReply = Number.isInteger(reply);
  return {
    text: isReply ? `${name} ${reply}` : name,
    isFinal: isReply && reply >= FINAL_FROM && OF_THE_MAIL.includes(name),
  };
}
