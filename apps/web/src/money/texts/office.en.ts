import type { OfficeTexts } from './office.de';

const en: OfficeTexts = {
  order: {
    chosen: (count, sum) => `${count} selected, ${sum} together`,
    chooseAll: 'Select all on this page',
    orderMany: 'Order the selected ones',
    orderAsk: (count, sum) => `Order ${count} payouts over ${sum} together? All or none.`,
    ordered: (count) => `${count} payouts are ordered.`,
    choose: (what) => `Select ${what}`,
    select: 'Select',
  },
  runs: {
    title: 'Payment runs',
    name: (day, type) => `Payment run of ${day}, ${type}`,
    create: 'Put a payment run together',
    status: 'State',
    empty: 'No payment run yet. Once payouts are ordered, put one together here.',
    columns: {
      run: 'Payment run',
      file: 'Bank file',
      status: 'State',
      execution: 'Execution',
      payouts: 'Payments',
      total: 'Total',
      type: 'Kind',
    },
    types: { SEPA: 'SEPA', FOREIGN: 'Foreign' },
    created: 'The payment run stands, the bank file is written.',
    executionOn: 'Execution on',
    executionHint: 'On weekends and bank holidays the next bank working day is taken',
    requested: (asked: string) => `asked for was ${asked}, on which the banks do not work`,
    all: 'All ordered payouts of the fund of this kind are taken.',
    facts: 'Key facts',
    account: 'From account',
    message: 'Identifier of the file',
    hash: 'Fingerprint (SHA-256)',
    download: 'Download the bank file',
    toBank: 'To the bank files',
    booked: 'Booked on',
    statement: 'Bank statement',
    cancelled: 'Dissolved',
    reinstatementProposed: 'Carried out after all, says',
    reinstated: 'Confirmed that it goes on',
    payoutsOf: 'Payments in this run',
    transfers: {
      purpose: 'Purpose',
      payee: 'Payee',
      parts: 'Payouts',
      count: (transfers, payouts) =>
        transfers === payouts ? String(transfers) : `${transfers} for ${payouts} payouts`,
    },
    acts: {
      send: {
        label: 'Record that the bank has it',
        done: 'The payment run is at the bank.',
        ask: (count, sum) => `Have ${count} payments over ${sum} gone to the bank?`,
      },
      book: {
        label: 'Book by the bank statement',
        done: 'The payment run is booked.',
        ask: 'All payments of the run are booked as paid.',
      },
      bookedOn: 'Day of booking',
      reference: 'Number of the bank statement',
      cancel: {
        label: 'Dissolve',
        done: 'The payment run is dissolved.',
        ask: 'You state that the file has not gone to the bank. Otherwise it would be paid twice.',
      },
      reinstate: {
        label: 'Carried out after all: propose that it goes on',
        done: 'It is proposed that the run goes on; a second person decides.',
        ask: 'The bank has carried the run out although it was dissolved here. Nothing changes until a second person has confirmed.',
      },
      confirmReinstatement: {
        label: 'Confirm that it goes on',
        done: 'The run counts as sent; what the bank has booked is booked.',
        ask: 'The payouts that are still ordered as in the file count as sent, held ones too. What the bank has booked is booked.',
      },
      rejectReinstatement: { label: 'Reject that it goes on', done: 'The run stays dissolved.' },
      reason: 'Reason',
    },
  },
  acts: {
    factual: {
      label: 'Factually right',
      done: 'Certified as factually right.',
      ask: 'You certify that service, reason and payee are right.',
    },
    arithmetical: {
      label: 'Arithmetically right',
      done: 'Certified as arithmetically right.',
      ask: 'You certify that amount, account and budget year are right.',
    },
    order: {
      label: 'Order the payment',
      done: 'The payment is ordered.',
      ask: (sum) => `Order the payment of ${sum}? Payee, account, amount and purpose are settled by it.`,
    },
    block: { label: 'Hold', done: 'The payout is held.' },
    release: { label: 'Release', done: 'The payout is released.' },
    cancel: {
      label: 'Cancel the payout',
      done: 'The payout is cancelled.',
      ask: 'The money goes back to the fund. Cancel it?',
    },
    reissue: { label: 'Pay out again', done: 'A new payout is made.', ask: 'It passes all checks once more.' },
    giveBack: {
      label: 'Give back to the budget',
      done: 'The money is available again.',
      ask: 'It is not paid out again then.',
    },
    reason: 'Reason',
  },
};

export default en;
