/** Tables that more than one feature writes, and why; any other table has one owner. */
export const SHARED_TABLES: Readonly<Record<string, { readonly writers: readonly string[]; readonly why: string }>> = {
  'partnership.$': {
    writers: ['reference-data.ts'],
    why: 'fills each table of the shipped reference data after the migrations',
  },
};
