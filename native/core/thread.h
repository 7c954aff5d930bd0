// SPDX-License-Identifier: MIT
//
// Which kind of thread runs a function. Functions that more than one thread can reach carry a tag:
// [JS] the thread of a Node environment, [COM] a thread of the pool, [RPC] a thread on which a
// service calls us back, [clock] the clock's own thread, [any] all of them. Debug builds assert it.
#pragma once

#include <cassert>

namespace dosvc {

enum class Thread { kJs, kCom, kRpc, kClock };

// [any] What debuggers and profilers call this thread: at most 15 characters. Each system has its
// own way: native/com has Windows', test/fake Linux'.
void NameThread(const char* name);

#ifdef NDEBUG

class ThreadScope {
 public:
  explicit ThreadScope(Thread) {}
};
inline void AssertOn(Thread) {}

#else

inline thread_local Thread current_thread = Thread::kJs;

// Every thread starts out as JavaScript's: ours and the service's say what they are.
class ThreadScope {
 public:
  explicit ThreadScope(Thread thread) : before_(current_thread) { current_thread = thread; }
  ~ThreadScope() { current_thread = before_; }
  ThreadScope(const ThreadScope&) = delete;
  ThreadScope& operator=(const ThreadScope&) = delete;

 private:
  Thread before_;
};
inline void AssertOn(Thread thread) { assert(current_thread == thread); }

#endif

}  // namespace dosvc
