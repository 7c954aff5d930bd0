// SPDX-License-Identifier: MIT
//
// The threads that make the calls, one pool for the process, shared by its environments, and the
// strands that keep an object's calls in order. Threads start when there is work and end when there
// is none.
//
// Four threads work. A thread that spends more than 500 ms in one task, or 50 ms while many tasks
// wait, is lent out: its strand waits for it, another thread takes its place, and it ends when its
// task returns. So a call that hangs holds back only its own object. The number of threads is
// limited. Background tasks reach their limit first, which leaves threads for calls. Calls reach
// theirs before tasks that end a hung call or connect to a service.
#pragma once

#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <list>
#include <memory>
#include <mutex>
#include <utility>

#include "core/clock.h"
#include "core/sync.h"
#include "core/task.h"

namespace dosvc {

class Pool;

// Runs one task at a time, in the order posted, except for tasks that may overtake one that is lent
// out. The pool's mutex guards all of its members.
class Strand : public std::enable_shared_from_this<Strand> {
 public:
  Strand() : turn_(std::make_unique<Task>()) {}
  Strand(const Strand&) = delete;
  Strand& operator=(const Strand&) = delete;

  // [any]
  static std::unique_ptr<Task> Prepare(std::function<void()> run, Order order = Order::kQueued);
  void Post(std::unique_ptr<Task> task) noexcept;
  void Post(std::function<void()> run, Order order = Order::kQueued) {
    Post(Prepare(std::move(run), order));
  }

 private:
  friend class Pool;

  void Push(std::unique_ptr<Task> task) noexcept;
  std::unique_ptr<Task> Pop() noexcept;
  int Waiting(Order order) const { return waiting_[static_cast<std::size_t>(order)]; }
  // Whether a task of this order runs at once beside a task that is lent out.
  bool Overtakes(Order order) const;

  TaskQueue tasks_;
  std::array<int, kOrders> waiting_{};  // how many of them wait, by order
  std::unique_ptr<Task> turn_;          // here while it is not in a ready queue
  int ready_ = -1;                      // rank of the ready queue that has its turn, or -1
  int running_ = 0;  // its tasks on threads, and the overtaking ones that are ready for a thread
  int lent_ = 0;     // how many of those are lent out
};

class Pool : public Timed {
 public:
  static constexpr int kWorkingThreads = 4;
  static constexpr int kBackgroundThreads = 2;  // of those, on background tasks
  // How many tasks may be on threads before others wait. kMostBackground limits background tasks
  // and counts only those. kMostCalls limits calls, kMostTasks urgent tasks; both count tasks of
  // all kinds.
  static constexpr int kMostBackground = 256;
  static constexpr int kMostCalls = 384;
  static constexpr int kMostTasks = 512;
  static constexpr std::chrono::milliseconds kLendAfter{500};
  static constexpr std::chrono::milliseconds kLendSoon{50};
  static constexpr std::chrono::seconds kIdle{10};

  struct Counters {
    int threads = 0;
    int lent = 0;
  };

  // [any] Wraps the work of each thread of the pool. The engine initialises COM there.
  using ThreadBody = std::function<void(const std::function<void()>&)>;

  // [any] One for the process. It is never destroyed, so no exit path waits for it. The first body
  // that is set stays.
  static Pool& Get();
  void SetThreadBody(ThreadBody body);

  Counters Count();  // [any]

  // [JS] Counts the live environments. Once the last one has ended with the process, a pool without
  // threads starts none: what is posted then waits for another environment, if one comes.
  void AddEnvironment();
  void RemoveEnvironment(bool ends_process);
  bool IsAtRest();  // the pool has no thread and starts none

  Time Tick(Time now) override;  // [clock] Lends out threads.

 private:
  friend class Strand;

  enum Rank { kRankBackground, kRankCall, kRankUrgent };
  // A thread of the pool. Its entry in workers_ lives as long as the thread does.
  struct Worker {
    Time since = kNever;  // when its task started
    std::shared_ptr<Strand> strand;
    Rank rank = kRankCall;
    bool lent = false;
  };

  Pool() = default;
  static Rank RankOf(Order order);
  // A strand has the rank of its most urgent task, so that a poll never holds back a call that
  // came after it.
  static Rank RankOf(const Strand& strand);

  void Post(std::shared_ptr<Strand> strand, std::unique_ptr<Task> task) noexcept;
  // All of these are called with mu_ held.
  void MakeReady(Rank rank, std::shared_ptr<Strand> strand, std::unique_ptr<Task> task) noexcept;
  void GiveTurn(std::shared_ptr<Strand> strand) noexcept;
  void Overtake(const std::shared_ptr<Strand>& strand) noexcept;
  int MayStart(Rank rank) const;  // how many of the ready tasks may start
  bool Next(Rank* rank) const;    // the rank to start next; false if none may start
  std::chrono::milliseconds LendingDelay(Rank rank) const;
  void WakeThread() noexcept;
  void AddThread() noexcept;
  void Lend(Worker& worker) noexcept;

  void Work(Worker& worker);
  void RunOne(Worker& worker, Rank rank, std::unique_lock<Mutex>& lock);

  Mutex mu_;
  Condition work_;
  std::array<TaskQueue, 3> ready_;  // guarded by mu_: turns and overtaking tasks, by rank
  std::uint64_t places_ = 0;        // guarded by mu_
  std::list<Worker> workers_;       // guarded by mu_
  int idle_ = 0;                    // guarded by mu_: threads waiting for work
  int lent_ = 0;                    // guarded by mu_
  int busy_ = 0;                    // guarded by mu_: threads in a task
  int background_ = 0;              // guarded by mu_: those in a background task
  int lent_background_ = 0;         // guarded by mu_: of these, those lent out
  int environments_ = 0;            // guarded by mu_
  bool at_rest_ = false;            // guarded by mu_: the last environment ends the process
  ThreadBody body_;                 // guarded by mu_
};

}  // namespace dosvc
