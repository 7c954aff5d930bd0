// SPDX-License-Identifier: MIT
//
// Calls the clients' callbacks on dedicated threads. Notices about one job or download are
// delivered one at a time, in order. A client that does not answer delays only the notices about
// its own object, as long as a thread is free.
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

// The outcome of calling a client's callback.
enum class Telling {
  kNobody,  // no callback wants the notice
  kTold,
  kAgain,  // the callback is called again later
};

struct Notice {
  // Called on a notifier thread, which also releases what it captures, unless Add() replaces it.
  std::function<Telling()> tell;
  // A passing notice that is added right behind this one, before it is delivered, replaces it.
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
  // Returns false if the notice is to be delivered again.
  bool Tell(const Notice& notice);

  std::mutex mutex_;
  std::condition_variable changed_;
  std::map<void*, Line> lines_;
  std::atomic<std::uint64_t> delivered_{0};
};

}  // namespace dosvc_stand_in
