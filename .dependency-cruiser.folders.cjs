// Folders obey the same order as files: of two, one knows the other. Tests stand beside what they try and may use all of it.
const { options } = require('./.dependency-cruiser.cjs');

module.exports = {
  forbidden: [
    {
      name: 'no-folder-cycles',
      comment: 'Move what both need below both, or declare below what is needed and provide it above (*.port.ts)',
      severity: 'error',
      scope: 'folder',
      from: {},
      to: { circular: true },
    },
  ],
  options: {
    ...options,
    exclude: { path: [options.exclude.path, '[.-]spec\\.ts$', '^apps/[^/]+/test/'] },
    cache: { ...options.cache, folder: `${options.cache.folder}-folders` },
  },
};
