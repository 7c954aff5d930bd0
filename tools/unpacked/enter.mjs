// SPDX-License-Identifier: MIT
// @ts-check
// Runs programs in an unpacked Debian: in a user namespace and a mount namespace of their own, so that
// it needs no root and nothing is mounted on the machine. The clone, the folder for temporary files
// and Node's certificates have the same paths inside as outside. Processes, their environment and
// their signals are as outside.

import { spawnSync } from 'node:child_process';
import { tmpdir } from 'node:os';
import { dirname, resolve } from 'node:path';
import { root as clone } from '../clone.mjs';

const namespaces = ['unshare', '--user', '--map-root-user', '--mount'];

const script = `
set -e
root=$1; shared=$2; shift 2
here=$(pwd)
IFS=:
for folder in $shared; do
  [ -d "$root$folder" ] || mkdir -p "$root$folder"
  mount --rbind "$folder" "$root$folder"
done
exec chroot "$root" env -C "$here" "$@"`;

/**
 * @param {string} root the folder of the unpacked Debian
 * @param {string[]} command
 * @param {string[]} [first] a command that prepares the namespaces and then runs its arguments
 */
export function enter(root, command, first = []) {
  // The clone comes first: it contains the root, and so what is mounted there later.
  const shared = [clone, '/proc', '/sys', '/dev', '/tmp', tmpdir()];
  const certificates = process.env.NODE_EXTRA_CA_CERTS;
  if (certificates) shared.push(dirname(resolve(certificates)));
  const folders = [...new Set(shared)].join(':');
  return [...namespaces, ...first, 'sh', '-c', script, 'sh', root, folders, ...command];
}

/** @param {string[]} probe a command in the namespaces @returns {string | undefined} why it failed */
export function failureInNamespaces(probe) {
  const [command = '', ...args] = [...namespaces, ...probe];
  const { status, error, stderr } = spawnSync(command, args, { encoding: 'utf8' });
  return status === 0 ? undefined : (error?.message ?? stderr).trim();
}

/** Why no unpacked Debian can be entered here, or undefined if one can. */
export function whyNotEntered() {
  const failure = failureInNamespaces(['mount', '--rbind', '/tmp', '/tmp']);
  return failure && `this machine permits no user namespace (${failure})`;
}
