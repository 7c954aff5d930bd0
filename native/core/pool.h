// SPDX-License-Identifier: MIT
//
// The threads on which calls are made, one pool for the process and shared by its environments, and
// the strands that keep an object's calls in order. Threads start when there is work and go away
// when there is none.
//
// Four threads work. One that stays more than 500 ms in one task, or 50 where many wait, is lent
// out: its strand waits for it, another takes its place, and it ends when it comes back. So a call
// that hangs holds back its own object alone. There is a limit to that: polls reach it first, so
// that they leave threads for calls, and calls before what ends a hung call or looks for a service.
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

// One task at a time, in the order posted, but for what may overtake while a task is lent out.
// Everything in it is guarded by the pool's mutex.
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
  // Whether a task of this order runs at once beside what is lent out.
  bool Overtakes(Order order) const;

  TaskQueue tasks_;
  std::array<int, kOrders> waiting_{};  // of them, by their order
  std::unique_ptr<Task> turn_;          // while it is not in a ready queue
  int ready_ = -1;                      // the rank of the ready queue that has its turn; -1: none
  int running_ = 0;  // its tasks on threads: one, and overtaking ones on their way beside it
  int lent_ = 0;     // those of them that were lent out
};

class Pool : public Timed {
 public:
  static constexpr int kWorking = 4;
  static constexpr int kWorkingAside = 2;  // of those, on tasks that are aside
  // At so many tasks on threads others wait: tasks that are aside, at so many of their own kind;
  // calls, and then what presses, at so many of all kinds.
  static constexpr int kMostAside = 256;
  static constexpr int kMostCalls = 384;
  static constexpr int kMost = 512;
  static constexpr std::chrono::milliseconds kLendAfter{500};
  static constexpr std::chrono::milliseconds kLendSoon{50};
  static constexpr std::chrono::seconds kIdle{10};

  struct Counters {
    int threads = 0;
    int lent = 0;
  };

  // [any] What a thread of the pool is wrapped in: the engine initialises COM there.
  using ThreadBody = std::function<void(const std::function<void()>&)>;

  // [any] One for the process, never destroyed: no exit path has to wait for it. The body of the
  // first call counts.
  static Pool& Get();
  void SetThreadBody(ThreadBody body);

  Counters Count();  // [any]

  // [JS] Environments that live. Where the last of them ends with the process, no thread is started
  // any more where there is none: what is posted then waits for another environment, if one comes.
  void AddEnvironment();
  void RemoveEnvironment(bool ends_process);
  bool IsStill();  // there is no thread, and none is started

  Time Tick(Time now) override;  // [clock] Lends out.

 private:
  friend class Strand;

  enum Rank { kRankAside, kRankCall, kRankPressing };
  // A thread of the pool. It lives in workers_ as long as the thread does.
  struct Worker {
    Time since = kNever;  // the start of its task
    std::shared_ptr<Strand> strand;
    Rank rank = kRankCall;
    bool lent = false;
  };

  Pool() = default;
  static Rank RankOf(Order order);
  // A strand ranks as what presses most in it: a poll never holds back a call that came after it.
  static Rank RankOf(const Strand& strand);

  void Post(std::shared_ptr<Strand> strand, std::unique_ptr<Task> task) noexcept;
  // All of these with mu_ held.
  void MakeReady(Rank rank, std::shared_ptr<Strand> strand, std::unique_ptr<Task> task) noexcept;
  void GiveTurn(std::shared_ptr<Strand> strand) noexcept;
  void Overtake(const std::shared_ptr<Strand>& strand) noexcept;
  int MayStart(Rank rank) const;  // how many of those that are ready
  bool Next(Rank* rank) const;    // of what is started next; false where nothing may be
  std::chrono::milliseconds Patience(Rank rank) const;
  void WakeSomebody() noexcept;
  void AddThread() noexcept;
  void Lend(Worker& worker) noexcept;

  void Work(Worker& worker);
  void RunOne(Worker& worker, Rank rank, std::unique_lock<Mutex>& lock);

  Mutex mu_;
  Condition work_;
  std::array<TaskQueue, 3> ready_;  // guarded by mu_: turns and what overtakes, by rank
  std::uint64_t places_ = 0;        // guarded by mu_
  std::list<Worker> workers_;       // guarded by mu_
  int idle_ = 0;                    // guarded by mu_: threads waiting for work
  int lent_ = 0;                    // guarded by mu_
  int busy_ = 0;                    // guarded by mu_: threads in a task
  int aside_ = 0;                   // guarded by mu_: those in a task that is aside
  int lent_aside_ = 0;              // guarded by mu_: of these, those lent out
  int environments_ = 0;            // guarded by mu_
  bool at_rest_ = false;            // guarded by mu_: the process ends
  ThreadBody body_;                 // guarded by mu_
};

}  // namespace dosvc
