// SPDX-License-Identifier: MIT
//
// The jobs that wait for their turn or for their time, and the threads that transfer them: several
// jobs at once, but not all.
#pragma once

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <mutex>

namespace dosvc_stand_in {

class Job;

class Queue {
 public:
  using Clock = std::chrono::steady_clock;

  // `hourly` is for what is due once in a while.
  void Start(std::function<void()> hourly);

  // The job's turn comes when its time has come, a foreground job's before others'.
  void Add(std::shared_ptr<Job> job, bool foreground, std::chrono::milliseconds after = {});

 private:
  struct Place {
    bool foreground = false;
    std::uint64_t number = 0;
    bool operator<(const Place& other) const {
      return foreground != other.foreground ? foreground : number < other.number;
    }
  };

  // Waits for the next job.
  std::shared_ptr<Job> Take();
  void Work();
  void Watch(const std::function<void()>& hourly);

  std::mutex mutex_;
  std::condition_variable changed_;
  // Weak: a job that is gone needs no turn.
  std::map<Place, std::weak_ptr<Job>> ready_;
  std::multimap<Clock::time_point, std::pair<Place, std::weak_ptr<Job>>> later_;
  std::uint64_t next_number_ = 0;
};

}  // namespace dosvc_stand_in
