// SPDX-License-Identifier: MIT
// For Wine's processes: a lock whose owner was killed is nobody's.
//
// When a process ends, Wine kills its other threads wherever they are, also while they hold a lock
// of Wine's own. It knows of that and takes no lock any more; but one call comes before it knows,
// where the last thread is interrupted for what the killed ones left to be done, such as reads of
// COM's pipes. Then the process would wait for ever for a lock that nobody can give back. Seen in
// Wine 8, once in some hundred ends of a process that a service was calling.

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
