// SPDX-License-Identifier: MIT
//
// The jobs and downloads that wait for their turn or for their time, and the threads that transfer
// them: several at once, but not all.
#pragma once

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <mutex>

namespace dosvc_stand_in {

// What has turns.
class Queued {
 public:
  virtual ~Queued() = default;
  // On one of the queue's threads: its turn has come.
  virtual void Transfer() = 0;
  // Whether a client may hold the thread of the turn. Such turns do not count among those that
  // there may be at once: they have a thread of their own.
  virtual bool MayBeHeld() const { return false; }
};

class Queue {
 public:
  using Clock = std::chrono::steady_clock;

  // `hourly` is for what is due once in a while.
  void Start(std::function<void()> hourly);

  // Its turn comes when its time has come, one in the foreground before others.
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

  // Waits for the next one.
  std::shared_ptr<Queued> Take();
  void Work();
  void Watch(const std::function<void()>& hourly);

  std::mutex mutex_;
  std::condition_variable changed_;
  // Weak: what is gone needs no turn.
  std::map<Place, std::weak_ptr<Queued>> ready_;
  std::multimap<Clock::time_point, std::pair<Place, std::weak_ptr<Queued>>> later_;
  std::uint64_t next_number_ = 0;
};

}  // namespace dosvc_stand_in
