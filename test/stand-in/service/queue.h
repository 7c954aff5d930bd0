// SPDX-License-Identifier: MIT
//
// Queues jobs and downloads until their turn or their time comes, and runs the threads that
// transfer them: several at once, but not all.
#pragma once

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <mutex>

namespace dosvc_stand_in {

// A job or a download that can be queued.
class Queued {
 public:
  virtual ~Queued() = default;
  // Called on one of the queue's threads when the turn has come.
  virtual void Transfer() = 0;
  // Whether a client can block the thread that runs Transfer(). Such a transfer gets a thread of
  // its own and does not count towards the limit.
  virtual bool MayBeHeld() const { return false; }
};

class Queue {
 public:
  using Clock = std::chrono::steady_clock;

  // Calls `hourly` once an hour.
  void Start(std::function<void()> hourly);

  // Queues `one` for a turn once `after` has passed. The foreground takes precedence.
  void Add(const std::shared_ptr<Queued>& one,
           bool foreground,
           std::chrono::milliseconds after = {});

 private:
  struct Place {
    bool foreground = false;
    std::uint64_t number = 0;
    bool operator<(const Place& other) const {
      return foreground != other.foreground ? foreground : number < other.number;
    }
  };

  // Waits for the next one and takes it off the queue.
  std::shared_ptr<Queued> Take();
  void Work();
  void Watch(const std::function<void()>& hourly);

  std::mutex mutex_;
  std::condition_variable changed_;
  // Weak: an object that is gone needs no turn.
  std::map<Place, std::weak_ptr<Queued>> ready_;
  std::multimap<Clock::time_point, std::pair<Place, std::weak_ptr<Queued>>> later_;
  std::uint64_t next_number_ = 0;
};

}  // namespace dosvc_stand_in
