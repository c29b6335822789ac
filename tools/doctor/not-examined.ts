/** There is nothing to look at, or it cannot be reached and another check says so. The message says why. */
export class NotExamined extends Error {}
