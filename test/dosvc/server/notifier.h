// SPDX-License-Identifier: MIT
//
// Calls the clients' callbacks, on threads that do nothing else. The notices about one job or one
// download come one after another, in their order; a client that does not answer holds up its own
// alone, as long as there are threads.
#pragma once

#include <windows.h>

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <mutex>

namespace dosvc_stand_in {

// What came of telling a client.
enum class Telling {
  kNobody,  // nobody wants to hear it
  kTold,
  kAgain,  // it is told again, later
};

struct Notice {
  std::function<Telling()> tell;  // what it owns goes on the notifier's thread
  // A newer one of the kind that comes behind it, before it was told, stands for both.
  bool passing = false;
};

class Notifier {
 public:
  void Start();
  void Add(std::shared_ptr<void> about, Notice notice);
  std::uint64_t delivered() const { return delivered_; }

 private:
  using Clock = std::chrono::steady_clock;

  struct Line {
    std::shared_ptr<void> about;
    std::deque<Notice> notices;
    bool busy = false;
    Clock::time_point due;
    std::chrono::milliseconds pause{0};
  };

  void Work();
  // Whether it is dealt with.
  bool Tell(const Notice& notice);

  std::mutex mutex_;
  std::condition_variable changed_;
  std::map<void*, Line> lines_;
  std::atomic<std::uint64_t> delivered_{0};
};

}  // namespace dosvc_stand_in
