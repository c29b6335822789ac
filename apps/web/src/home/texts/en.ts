import type { HomeTexts } from './de';

const en: HomeTexts = {
  title: 'My tasks',
  waits: 'What waits for you',
  nothing: 'Nothing waits for you at the moment.',
  more: (count) => `${count}+`,
  expert: {
    title: 'My assignment',
    none: 'You have no assignment yet. As soon as one is planned you see it here.',
    record: 'See my record',
  },
  items: {
    proposedPartnerships: 'Partnerships that are not active yet',
    activePartnerships: 'Active partnerships',
    draftRequests: 'Drafts to write or to sign',
    returnedRequests: 'Returned: please revise',
    submittedRequests: 'Submitted: to be checked formally',
    requestsToAssess: 'To be assessed',
    requestsToDecide: 'Recommended: to be decided',
    assignmentsToDecide: 'Assignments for you to decide on',
    assignmentsWithoutCover: 'Assignments without cover',
    payoutsFactual: 'Due: to be checked factually',
    payoutsArithmetical: 'To be checked arithmetically',
    payoutsToOrder: 'Payments to order',
    payoutsOrdered: 'Ordered: to be put into a payment run',
    runsToSend: 'Payment runs that have to go to the bank',
    payoutsReturned: 'Came back or rejected: to be decided',
    hits: 'Hits of names to decide',
    accountChanges: 'Account changes that wait for the call back',
    bankEntries: 'Bank entries that are not matched',
    dismissals: 'Dismissals that wait for your decision',
    offersToAnswer: 'Offered seats: please accept or decline',
    draftEvents: 'Events still in draft',
    eventsToSettle: 'Events to settle',
  },
};

export default en;
