// SPDX-License-Identifier: MIT
//
// A mutex and a condition variable. They are the standard library's, except with mingw-w64, whose
// std::condition_variable takes several semaphores to wake a thread. There, native/mingw/sync.cc
// uses the system's own primitives, as MSVC's standard library does.
#pragma once

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <utility>

namespace dosvc {

#ifdef __MINGW32__

class Mutex {
 public:
  Mutex() = default;
  Mutex(const Mutex&) = delete;
  Mutex& operator=(const Mutex&) = delete;
  void lock();
  void unlock();

 private:
  friend class Condition;
  void* state_ = nullptr;  // an SRWLOCK
};

class Condition {
 public:
  Condition() = default;
  Condition(const Condition&) = delete;
  Condition& operator=(const Condition&) = delete;
  void notify_one();
  void notify_all();

  template <typename Predicate>
  void wait(std::unique_lock<Mutex>& lock, Predicate done) {
    while (!done()) Sleep(*lock.mutex(), kForever);
  }
  // Returns whether `done` holds when the wait ends, at `time` at the latest.
  template <typename Predicate>
  bool wait_until(std::unique_lock<Mutex>& lock,
                  std::chrono::steady_clock::time_point time,
                  Predicate done) {
    while (!done()) {
      const auto left = time - std::chrono::steady_clock::now();
      if (left <= left.zero()) return done();
      Sleep(*lock.mutex(), std::chrono::ceil<std::chrono::milliseconds>(left));
    }
    return true;
  }
  template <typename Predicate>
  bool wait_for(std::unique_lock<Mutex>& lock,
                std::chrono::steady_clock::duration duration,
                Predicate done) {
    return wait_until(lock, std::chrono::steady_clock::now() + duration, std::move(done));
  }

 private:
  static constexpr auto kForever = std::chrono::milliseconds::max();
  void Sleep(Mutex& mutex, std::chrono::milliseconds longest);

  void* state_ = nullptr;  // a CONDITION_VARIABLE
};

#else

using Mutex = std::mutex;
using Condition = std::condition_variable;

#endif

}  // namespace dosvc
