// SPDX-License-Identifier: MIT
//
// Names the kinds of threads, so that debug builds can assert which one runs a function. A function
// that more than one thread can reach carries a tag: [JS] the thread of a Node environment, [COM] a
// thread of the pool, [RPC] a thread on which a service calls us back, [clock] the clock's own
// thread, [any] any of them.
#pragma once

#include <cassert>
#include <functional>

namespace dosvc {

enum class Thread { kJs, kCom, kRpc, kClock };

// These depend on the system: native/com has them for Windows, test/fake for Linux.
// [any] Runs the body on a new thread. False if the system cannot start one.
bool BeginThread(std::function<void()> body);
// [any] Sets the name that debuggers and profilers show for this thread: at most 15 characters.
void NameThread(const char* name);

#ifdef NDEBUG

class ThreadScope {
 public:
  explicit ThreadScope(Thread) {}
};
inline void AssertOn(Thread) {}

#else

inline thread_local Thread current_thread = Thread::kJs;

// A thread counts as JavaScript's until a ThreadScope says otherwise. Our own threads and the
// service's RPC threads have one.
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
