import type { ReportTexts } from './de';

const en: ReportTexts = {
  expert: 'Expert',
  nameOf: (expert, town) => `${expert} in ${town}`,
  list: {
    title: 'Reports',
    status: 'State',
    report: 'Report',
    assignment: 'Assignment',
    dueOn: 'Due on',
    empty: 'No report matches. The reports with their dates are made at departure.',
  },
  sections: {
    MILESTONES: { title: 'Milestones', hint: 'What was agreed until today, and what is reached?' },
    INDICATORS: { title: 'Measurable results', hint: 'Figures that show it: before and now' },
    PARTNERSHIP_EFFECTS: {
      title: 'Effect on the partnership',
      hint: 'What has changed between the two municipalities?',
    },
    GENDER: { title: 'Gender equality', hint: 'What has become different for women and men, girls and boys?' },
    OBSTACLES: { title: 'Obstacles', hint: 'What held things up, and what helps?' },
    BANKABLE_PROJECTS: { title: 'Projects for funders', hint: 'What would be ready to be financed?' },
    NEXT_STEPS: { title: 'Next steps', hint: 'Until the next report' },
    RESOURCES_USED: { title: 'Resources used', hint: 'What were money and goods used for?' },
  },
  page: {
    content: 'Content',
    empty: 'Nothing handed in yet.',
    facts: 'Key facts',
    submitted: 'Handed in',
    accepted: 'Accepted on',
    cancelled: 'No longer due after',
    returned: 'Returned for revision',
    attachments: 'Attachments',
    comments: 'What the municipalities say',
    noComments: 'No comment yet.',
    sides: { DE: 'German side', PARTNER: 'partner side' },
  },
  cancellations: {
    EXTENSION: 'an extension',
    INTERRUPTION: 'an interruption',
    RESUMPTION: 'a resumption',
    EARLY_END: 'an early end',
    CORRECTION: 'a correction',
  },
  write: {
    title: 'Write the report',
    intro: 'Write to each part what there is to say. What does not apply stays empty.',
    nothing: 'Please write something to at least one part.',
    attachments: 'Attachments',
    attachmentsHint: 'The files stay with you; their check sum is recorded. Send them to the service office as agreed.',
    kept: 'What you enter stays encrypted in this browser until the report is handed in. That works without a connection, too.',
    submit: 'Hand in the report',
    done: 'The report is handed in. Next, the municipalities comment.',
  },
  acts: {
    write: 'Write the report',
    comment: { label: 'Comment', done: 'Your comment is recorded.' },
    text: 'Comment of your municipality',
    accept: {
      label: 'Accept',
      done: 'The report is accepted.',
      ask: 'It does not change afterwards. Instalments that wait for it become payable.',
    },
    return: { label: 'Return', done: 'The report is returned.' },
    reason: 'What is missing or has to change?',
    reasonHint: 'The expert reads it',
  },
};

export default en;
