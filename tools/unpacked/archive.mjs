// SPDX-License-Identifier: MIT
// @ts-check
// Downloads packages of a Debian release from the mirror that this machine uses, for any architecture,
// with an apt of its own: no root, and nothing changes in the machine's own lists and packages.

import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { installed, NotHere, run, runBeside } from '../command.mjs';

const keyring = '/usr/share/keyrings/debian-archive-keyring.gpg';

/**
 * @typedef {object} Wanted
 * @property {string} release of Debian, by its codename
 * @property {string[]} architectures in Debian's names, the main one first
 * @property {string[]} packages as apt takes them: `name`, `name:architecture`, `name=version`
 */

/** The address of this machine's mirror. */
function mirror() {
  const lines = run('apt-get', ['indextargets', '--format', '$(RELEASE) $(SITE)']).split('\n');
  const [, site] = lines.map((line) => line.split(' ')).find(([of]) => of === hostRelease()) ?? [];
  if (site === undefined) throw new NotHere("apt's sources do not name a mirror of Debian.");
  return site;
}

function hostRelease() {
  return run('sh', ['-c', '. /etc/os-release && printf %s "$VERSION_CODENAME"']);
}

/** How this machine reaches its mirror. */
function connection() {
  const lines = run('apt-config', ['dump', 'Acquire']).split('\n');
  return lines.filter((line) => /^Acquire::(http|https)::(Proxy|CaInfo)\b/i.test(line));
}

/**
 * @param {string} folder
 * @param {Wanted} wanted
 * @returns {string} the path of apt's configuration
 */
function configure(folder, { release, architectures }) {
  for (const name of ['state/lists/partial', 'cache/archives/partial', 'parts', 'preferences']) {
    mkdirSync(join(folder, name), { recursive: true });
  }
  writeFileSync(join(folder, 'status'), '');
  writeFileSync(
    join(folder, 'sources.list'),
    `deb [signed-by=${keyring}] ${mirror()} ${release} main\n`,
  );
  const settings = [
    ['Dir::State', join(folder, 'state')],
    ['Dir::State::status', join(folder, 'status')],
    ['Dir::Cache', join(folder, 'cache')],
    ['Dir::Etc::sourcelist', join(folder, 'sources.list')],
    ['Dir::Etc::sourceparts', join(folder, 'parts')],
    ['Dir::Etc::preferencesparts', join(folder, 'preferences')],
    ['Dir::Etc::parts', join(folder, 'parts')],
    ['Dir::Etc::main', join(folder, 'main')],
    ['APT::Architecture', architectures[0] ?? ''],
    ['APT::Install-Recommends', 'false'],
    // Otherwise, apt downloads as another user, who cannot write here.
    ['APT::Sandbox::User', ''],
    ['Acquire::Languages', 'none'],
  ];
  const file = join(folder, 'apt.conf');
  const lines = settings.map(([name, value]) => `${String(name)} "${String(value)}";`);
  const all = `APT::Architectures { ${architectures.map((one) => `"${one}";`).join(' ')} };`;
  writeFileSync(file, [...lines, all, ...connection(), ''].join('\n'));
  return file;
}

/**
 * Downloads packages with everything that they depend on.
 * @param {string} folder for apt's files; it is emptied first
 * @param {Wanted} wanted
 * @returns {Promise<string[]>} the packages' files
 */
export async function download(folder, wanted) {
  if (!installed('apt-get')) throw new NotHere('There is no apt-get on the PATH.');
  rmSync(folder, { recursive: true, force: true });
  const env = { ...process.env, APT_CONFIG: configure(folder, wanted) };
  try {
    await runBeside('apt-get', ['-qq', '-o', 'APT::Update::Error-Mode=any', 'update'], { env });
  } catch (error) {
    const { message } = /** @type {Error} */ (error);
    throw new NotHere(`Debian's mirror cannot be reached.\n${message}`);
  }
  await runBeside('apt-get', ['-qq', '-y', '--download-only', 'install', ...wanted.packages], {
    env,
  });
  const archives = join(folder, 'cache', 'archives');
  const files = readdirSync(archives).filter((name) => name.endsWith('.deb'));
  return files.sort().map((name) => join(archives, name));
}
