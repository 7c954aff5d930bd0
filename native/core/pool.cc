// SPDX-License-Identifier: MIT

#include "core/pool.h"

#include <algorithm>
#include <system_error>
#include <thread>
#include <utility>

#include "core/thread.h"

namespace dosvc {

void Strand::Post(std::function<void()> task, Order order) {
  Pool::Get().Post(shared_from_this(), Task{std::move(task), order});
}

Pool& Pool::Get() {
  // The clock borrows it; this owner is never destroyed.
  static const auto* const owner = [] {
    const auto* const pool = new std::shared_ptr<Pool>(new Pool());
    Clock::Get().Add(*pool);
    return pool;
  }();
  return **owner;
}

void Pool::SetThreadBody(ThreadBody body) {
  std::lock_guard<Mutex> lock(mu_);
  if (!body_) body_ = std::move(body);
}

Pool::Counters Pool::Count() {
  std::lock_guard<Mutex> lock(mu_);
  return {static_cast<int>(workers_.size()), lent_};
}

void Pool::Post(const std::shared_ptr<Strand>& strand, Strand::Task task) {
  std::lock_guard<Mutex> lock(mu_);
  if (strand->lent_ > 0 && task.order == Strand::Order::kUrgent) {
    ++strand->running_;
    Offer({strand, std::move(task.run)});
    return;
  }
  strand->tasks_.push_back(std::move(task));
  if (strand->scheduled_) return;
  strand->scheduled_ = true;
  Offer({strand, nullptr});
}

void Pool::Offer(Ready ready) {
  ready_.push_back(std::move(ready));
  WakeSomebody();
}

void Pool::WakeSomebody() {
  if (idle_ < static_cast<int>(ready_.size())) AddThread();
  if (idle_ > 0) work_.notify_one();
}

void Pool::AddThread() {
  const int all = static_cast<int>(workers_.size());
  if (all - lent_ >= kWorking || all >= kAll) return;
  workers_.emplace_back();
  auto& worker = workers_.back();
  try {
    std::thread([this, &worker, body = body_] {
      ThreadScope scope(Thread::kCom);
      if (body) {
        body([&] { Work(worker); });
      } else {
        Work(worker);
      }
    }).detach();
  } catch (const std::system_error&) {
    // The work waits for a thread that comes free, or for the next post.
    workers_.pop_back();
  }
}

// [COM]
void Pool::Work(Worker& worker) {
  std::unique_lock<Mutex> lock(mu_);
  while (!worker.lent) {
    if (ready_.empty()) {
      ++idle_;
      const bool woken = work_.wait_for(lock, kIdle, [&] { return !ready_.empty(); });
      --idle_;
      if (!woken) break;
    }
    RunOne(worker, lock);
  }
  if (worker.lent) --lent_;
  workers_.remove_if([&](const Worker& other) { return &other == &worker; });
  if (!ready_.empty()) WakeSomebody();
}

void Pool::RunOne(Worker& worker, std::unique_lock<Mutex>& lock) {
  auto ready = std::move(ready_.front());
  ready_.pop_front();
  auto& strand = ready.strand;
  auto task = std::move(ready.urgent);
  if (!task) {
    task = std::move(strand->tasks_.front().run);
    strand->tasks_.pop_front();
    ++strand->running_;
  }
  worker.strand = strand;
  worker.since = std::chrono::steady_clock::now();
  Clock::Get().WakeAt(worker.since + kLendAfter);

  lock.unlock();
  task();
  task = nullptr;  // what it holds goes before the lock comes back
  lock.lock();

  worker.since = kNever;
  worker.strand.reset();
  if (worker.lent) --strand->lent_;
  // What overtook keeps its place all the same: nothing posted later starts before it has ended.
  if (--strand->running_ > 0) return;
  if (strand->tasks_.empty()) {
    strand->scheduled_ = false;
  } else {
    // This thread takes it up itself, or whoever follows a lent one: nobody has to be woken.
    ready_.push_back({strand, nullptr});
  }
}

Time Pool::Tick(Time now) {
  std::lock_guard<Mutex> lock(mu_);
  Time next = kNever;
  for (auto& worker : workers_) {
    if (worker.lent || worker.since == kNever) continue;
    const Time due = worker.since + kLendAfter;
    if (due <= now) {
      Lend(worker);
    } else {
      next = std::min(next, due);
    }
  }
  return next;
}

void Pool::Lend(Worker& worker) {
  worker.lent = true;
  ++lent_;
  auto& strand = *worker.strand;
  ++strand.lent_;
  const auto urgent = std::stable_partition(
      strand.tasks_.begin(), strand.tasks_.end(), [](const Strand::Task& task) {
        return task.order == Strand::Order::kQueued;
      });
  for (auto task = urgent; task != strand.tasks_.end(); ++task) {
    ++strand.running_;
    Offer({worker.strand, std::move(task->run)});
  }
  strand.tasks_.erase(urgent, strand.tasks_.end());
  if (!ready_.empty()) WakeSomebody();
}

}  // namespace dosvc
