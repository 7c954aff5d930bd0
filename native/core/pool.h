// SPDX-License-Identifier: MIT
//
// The threads on which calls are made, one pool for the process and shared by its environments, and
// the strands that keep an object's calls in order. Threads start when there is work and go away
// when there is none.
//
// Four threads work. One that stays more than 500 ms in one task is lent out: its strand waits for
// it, another takes its place (32 at most in all), and it ends when it comes back. So a call that
// hangs holds back its own object alone.
#pragma once

#include <chrono>
#include <deque>
#include <functional>
#include <list>
#include <memory>
#include <mutex>

#include "core/clock.h"
#include "core/sync.h"

namespace dosvc {

class Pool;

// One task at a time, in the order posted. Everything in it is guarded by the pool's mutex.
class Strand : public std::enable_shared_from_this<Strand> {
 public:
  enum class Order {
    kQueued,
    // While a lent-out task is still away, runs at once, beside it; in order otherwise.
    kUrgent,
  };

  Strand() = default;
  Strand(const Strand&) = delete;
  Strand& operator=(const Strand&) = delete;

  // [any]
  void Post(std::function<void()> task, Order order = Order::kQueued);

 private:
  friend class Pool;
  struct Task {
    std::function<void()> run;
    Order order;
  };

  std::deque<Task> tasks_;
  bool scheduled_ = false;  // its next task is in the ready queue, or one is running
  int running_ = 0;         // its tasks on threads: one, and urgent ones on their way beside it
  int lent_ = 0;            // those of them that were lent out
};

class Pool : public Timed {
 public:
  static constexpr int kWorking = 4;
  static constexpr int kAll = 32;
  static constexpr std::chrono::milliseconds kLendAfter{500};
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

  Time Tick(Time now) override;  // [clock] Lends out.

 private:
  friend class Strand;

  struct Ready {
    std::shared_ptr<Strand> strand;
    std::function<void()> urgent;  // empty: the strand's next task
  };
  // A thread of the pool. It lives in workers_ as long as the thread does.
  struct Worker {
    Time since = kNever;  // the start of its task
    std::shared_ptr<Strand> strand;
    bool lent = false;
  };

  Pool() = default;
  void Post(const std::shared_ptr<Strand>& strand, Strand::Task task);
  void Offer(Ready ready);  // with mu_ held
  void WakeSomebody();      // with mu_ held
  void AddThread();         // with mu_ held
  void Work(Worker& worker);
  void RunOne(Worker& worker, std::unique_lock<Mutex>& lock);
  void Lend(Worker& worker);  // with mu_ held

  Mutex mu_;
  Condition work_;
  std::deque<Ready> ready_;    // guarded by mu_
  std::list<Worker> workers_;  // guarded by mu_
  int idle_ = 0;               // guarded by mu_: threads waiting for work
  int lent_ = 0;               // guarded by mu_
  ThreadBody body_;            // guarded by mu_
};

}  // namespace dosvc
