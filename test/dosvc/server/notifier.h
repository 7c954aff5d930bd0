// SPDX-License-Identifier: MIT
//
// Calls the clients' callbacks, on threads that do nothing else. The events of one job come one
// after another, in their order; a client that does not answer holds up its own job alone, as long
// as there are threads.
#pragma once

#include <windows.h>

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <deque>
#include <map>
#include <memory>
#include <mutex>

namespace dosvc_stand_in {

class Job;

enum class Event { kTransferred, kError, kModification };

class Notifier {
 public:
  void Start();
  void Add(std::shared_ptr<Job> job, Event event);
  std::uint64_t delivered() const { return delivered_; }

 private:
  using Clock = std::chrono::steady_clock;

  struct Line {
    std::shared_ptr<Job> job;
    std::deque<Event> events;
    bool busy = false;
    Clock::time_point due;
    std::chrono::milliseconds pause{0};
  };

  void Work();
  // Whether the event is dealt with; otherwise it is told again.
  bool Tell(const std::shared_ptr<Job>& job, Event event);

  std::mutex mutex_;
  std::condition_variable changed_;
  std::map<Job*, Line> lines_;
  std::atomic<std::uint64_t> delivered_{0};
};

}  // namespace dosvc_stand_in
