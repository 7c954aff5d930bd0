// SPDX-License-Identifier: MIT
// Preloaded into Wine's processes: a lock whose owner was killed counts as free.
//
// When a process ends, Wine kills its other threads wherever they are, even while they hold one of
// Wine's own locks. Wine then takes no more locks, except in one call that comes too early: the
// last thread is interrupted to do what the killed threads left undone, such as reads of COM's
// pipes. That thread would wait forever for a lock that no thread can release. Seen in Wine 8, once
// in several hundred exits of a process that a service was calling.

#define _GNU_SOURCE
#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

static int is_dead(pid_t thread) {
  const int before = errno;
  const int dead = thread != 0 && syscall(SYS_tgkill, getpid(), thread, 0) == -1 && errno == ESRCH;
  errno = before;
  return dead;
}

int pthread_mutex_lock(pthread_mutex_t* mutex) {
  if (pthread_mutex_trylock(mutex) == 0) return 0;
  for (;;) {
    struct timespec until;
    clock_gettime(CLOCK_REALTIME, &until);
    until.tv_sec += 1;
    const int result = pthread_mutex_timedlock(mutex, &until);
    if (result != ETIMEDOUT || is_dead(mutex->__data.__owner)) {
      return result == ETIMEDOUT ? 0 : result;
    }
  }
}
