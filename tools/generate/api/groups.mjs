// SPDX-License-Identifier: MIT
// @ts-check
// The chapters of docs/api.md: by the folder that declares a name, and for generated ones by the name.

/**
 * @typedef {object} Group
 * @property {string} title
 * @property {string} about
 * @property {RegExp} declared the files
 * @property {RegExp} [names] of what is declared elsewhere
 */

/** @type {Group[]} */
export const groups = [
  {
    title: 'Jobs',
    about: 'Delivery Optimization and BITS, with the same interfaces: [the guide](jobs.md).',
    declared: /^lib\/jobs\//,
    names:
      /^(Job\w+|Auth(Scheme|Target)|CertStoreLocation|CopyFileFlag|ErrorContext|PeerCachingFlag|ProxyUsage|TransferPolicy)$/,
  },
  {
    title: 'Downloads',
    about: "Delivery Optimization's newer interfaces: [the guide](downloads.md).",
    declared: /^lib\/downloads\//,
    names: /^(Download\w+|WaitReason)$/,
  },
  {
    title: 'One call',
    about: 'A file that must arrive, through whichever way works: [the guide](download.md).',
    declared: /^lib\/transfer\//,
  },
  {
    title: 'Diagnosis',
    about: 'What is in the way of downloads on this machine: [the guide](diagnose.md).',
    declared: /^lib\/diagnose\//,
  },
  {
    title: 'Errors',
    about: 'What every error says; [all codes](errors.md).',
    declared: /^lib\/(errors|explain)\.ts$/,
    names: /^(Blame|OwnCode)$/,
  },
  {
    title: 'electron-updater',
    about: "From `'dosvc/electron-updater'`: [the guide](electron.md).",
    declared: /^lib\/electron-updater\//,
  },
  { title: 'Shared', about: 'What several of these use.', declared: /./ },
];

/** @param {string} name @param {string} path that declares it */
export function groupOf(name, path) {
  const generated = path.startsWith('lib/generated/');
  const found = groups.find(({ declared, names }) =>
    generated ? (names?.test(name) ?? declared.test(path)) : declared.test(path),
  );
  return /** @type {Group} */ (found ?? groups.at(-1));
}
