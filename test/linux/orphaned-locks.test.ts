// SPDX-License-Identifier: MIT
// The library that Wine's processes preload: with it, no thread waits for a lock whose owner was
// killed.

import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { wineEnvironment } from '../../tools/win/wine.mjs';

// A thread takes a lock and exits without releasing it, or holds it for a while (with an argument).
// Then main takes the lock.
const source = `
#include <pthread.h>
#include <stdio.h>
#include <sys/syscall.h>
#include <unistd.h>

static pthread_mutex_t lock;
static volatile int taken;

static void *end(void *unused) {
  pthread_mutex_lock(&lock);
  taken = 1;
  syscall(SYS_exit, 0);
  return unused;
}

static void *linger(void *unused) {
  pthread_mutex_lock(&lock);
  taken = 1;
  usleep(1500000);
  puts("given back");
  fflush(stdout);
  pthread_mutex_unlock(&lock);
  return unused;
}

int main(int count, char **arguments) {
  pthread_t thread;
  pthread_mutexattr_t recursive;
  pthread_mutexattr_init(&recursive);
  pthread_mutexattr_settype(&recursive, PTHREAD_MUTEX_RECURSIVE);
  pthread_mutex_init(&lock, &recursive);
  (void)arguments;
  pthread_create(&thread, NULL, count > 1 ? linger : end, NULL);
  while (!taken) usleep(1000);
  pthread_mutex_lock(&lock);
  puts("went on");
  return 0;
}
`;

let folder: string;
let program: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'dosvc locks '));
  program = join(folder, 'program');
  writeFileSync(`${program}.c`, source);
  const { status, stderr } = spawnSync('gcc', ['-pthread', '-o', program, `${program}.c`]);
  expect(status, stderr.toString()).toBe(0);
});

afterAll(() => {
  rmSync(folder, { recursive: true });
});

function run(args: string[], env: NodeJS.ProcessEnv) {
  const { stdout, stderr } = spawnSync(program, args, { env, encoding: 'utf8', timeout: 4000 });
  return { stdout, stderr };
}

it('a lock whose owner has ended is taken over', () => {
  expect(run([], wineEnvironment())).toEqual({ stdout: 'went on\n', stderr: '' });
});

it('without the library, the wait for such a lock never ends', () => {
  expect(run([], {})).toEqual({ stdout: '', stderr: '' });
});

it('a lock whose owner still runs is waited for', () => {
  expect(run(['linger'], wineEnvironment())).toEqual({
    stdout: 'given back\nwent on\n',
    stderr: '',
  });
});
