// SPDX-License-Identifier: MIT
// @ts-check
// A Debian in a folder: its packages are unpacked, not installed, so no script of theirs runs and no
// root is needed. Programs run in it through enter.mjs.

import { copyFileSync, existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { root as clone } from '../clone.mjs';
import { runBeside } from '../command.mjs';
import { download } from './archive.mjs';

/** What a program finds only on the machine itself: who it runs as, and the names of hosts. */
const fromMachine = ['hosts', 'passwd', 'group', 'nsswitch.conf', 'resolv.conf'];

/** What any program there needs, besides what its package depends on. */
const always = ['base-files', 'dash', 'bash', 'coreutils', 'libc-bin'];

const notNeeded = ['doc', 'man', 'locale', 'icons', 'fonts', 'bash-completion', 'lintian'];

/**
 * Unpacks the packages into a folder. base-files comes first: it has the links at the top of the tree,
 * such as /lib, which other packages' paths go through.
 */
const script = `
set -eu
root=$1; shift
for package; do
  dpkg-deb --fsys-tarfile "$package" | tar -x -C "$root" --no-same-owner --keep-directory-symlink ${notNeeded
    .map((name) => `--exclude=./usr/share/${name}`)
    .join(' ')}
done`;

/** @param {string} file */
function isBase(file) {
  return basename(file).startsWith('base-files_');
}

/** @param {string} name */
export function debianRootFolder(name) {
  return join(clone, '.win', name, 'root');
}

/**
 * @param {object} options
 * @param {string} options.name of a folder in .win
 * @param {string} options.what the message for the user
 * @param {import('./archive.mjs').Wanted} options.wanted
 * @param {string[]} options.files what `mend` depends on
 * @param {(root: string) => void | Promise<void>} [options.mend] does what the packages' scripts would have done
 * @returns {import('../setup/step.mjs').Step}
 */
export function debianRoot({ name, what, wanted, files, mend }) {
  const folder = debianRootFolder(name);
  const own = ['archive.mjs', 'debian-root.mjs'].map((file) =>
    fileURLToPath(new URL(file, import.meta.url)),
  );
  return {
    what,
    folder,
    files: [...own, ...files],
    make: async () => {
      rmSync(folder, { recursive: true, force: true });
      mkdirSync(folder, { recursive: true });
      const aptFolder = join(clone, '.win', name, 'apt');
      const packages = await download(aptFolder, {
        ...wanted,
        packages: [...wanted.packages, ...always],
      });
      const ordered = [...packages.filter(isBase), ...packages.filter((file) => !isBase(file))];
      await runBeside('sh', ['-c', script, 'sh', folder, ...ordered]);
      // Which versions they are, since dependencies follow the release's updates.
      const list = packages.map((file) => `${basename(file)}\n`).join('');
      writeFileSync(join(clone, '.win', name, 'packages.txt'), list);
      rmSync(aptFolder, { recursive: true });
      for (const one of fromMachine) {
        const file = join('/etc', one);
        if (existsSync(file)) copyFileSync(file, join(folder, file));
      }
      await mend?.(folder);
    },
  };
}
