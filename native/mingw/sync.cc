// SPDX-License-Identifier: MIT

#include "core/sync.h"

#include <windows.h>

#include <algorithm>

namespace dosvc {
namespace {

// Both are the size of a pointer and initially null.
static_assert(sizeof(SRWLOCK) == sizeof(void*) && sizeof(CONDITION_VARIABLE) == sizeof(void*));

SRWLOCK* LockOf(void*& state) { return reinterpret_cast<SRWLOCK*>(&state); }
CONDITION_VARIABLE* ConditionOf(void*& state) {
  return reinterpret_cast<CONDITION_VARIABLE*>(&state);
}

// A longer sleep ends early, and the wait in core/sync.h sleeps again.
constexpr std::chrono::hours kLongest{24};

}  // namespace

void Mutex::lock() { AcquireSRWLockExclusive(LockOf(state_)); }
void Mutex::unlock() { ReleaseSRWLockExclusive(LockOf(state_)); }

void Condition::notify_one() { WakeConditionVariable(ConditionOf(state_)); }
void Condition::notify_all() { WakeAllConditionVariable(ConditionOf(state_)); }

void Condition::Sleep(Mutex& mutex, std::chrono::milliseconds longest) {
  const auto sleep = std::min<std::chrono::milliseconds>(longest, kLongest);
  SleepConditionVariableSRW(ConditionOf(state_),
                            LockOf(mutex.state_),
                            longest == kForever ? INFINITE : static_cast<DWORD>(sleep.count()),
                            0);
}

}  // namespace dosvc
