// SPDX-License-Identifier: MIT

#include "core/pool.h"

#include <algorithm>
#include <exception>
#include <new>
#include <utility>

#include "core/thread.h"

namespace dosvc {

std::unique_ptr<Task> Strand::Prepare(std::function<void()> run, Order order) {
  auto task = std::make_unique<Task>();
  task->run = std::move(run);
  task->order = order;
  return task;
}

void Strand::Post(std::unique_ptr<Task> task) noexcept {
  Pool::Get().Post(shared_from_this(), std::move(task));
}

void Strand::Push(std::unique_ptr<Task> task) noexcept {
  ++waiting_[static_cast<std::size_t>(task->order)];
  tasks_.Push(std::move(task));
}

std::unique_ptr<Task> Strand::Pop() noexcept {
  auto task = tasks_.Pop();
  --waiting_[static_cast<std::size_t>(task->order)];
  return task;
}

bool Strand::Overtakes(Order order) const {
  if (lent_ == 0) return false;
  return order == Order::kEnds || (order == Order::kHalts && Waiting(Order::kStarts) == 0);
}

Pool& Pool::Get() {
  // The clock holds a weak reference. This owner is never destroyed.
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

void Pool::AddEnvironment() {
  std::lock_guard<Mutex> lock(mu_);
  ++environments_;
  at_rest_ = false;
}

void Pool::RemoveEnvironment(bool ends_process) {
  std::lock_guard<Mutex> lock(mu_);
  --environments_;
  at_rest_ = ends_process && environments_ == 0;
}

bool Pool::IsAtRest() {
  std::lock_guard<Mutex> lock(mu_);
  return at_rest_ && workers_.empty();
}

Pool::Rank Pool::RankOf(Order order) {
  if (order == Order::kBackground) return kRankBackground;
  return order < Order::kUrgent ? kRankCall : kRankUrgent;
}

Pool::Rank Pool::RankOf(const Strand& strand) {
  auto rank = kRankBackground;
  for (std::size_t order = 0; order < strand.waiting_.size(); ++order) {
    if (strand.waiting_[order] > 0) rank = std::max(rank, RankOf(static_cast<Order>(order)));
  }
  return rank;
}

void Pool::Post(std::shared_ptr<Strand> strand, std::unique_ptr<Task> task) noexcept {
  std::lock_guard<Mutex> lock(mu_);
  if (strand->Overtakes(task->order)) {
    ++strand->running_;
    MakeReady(kRankUrgent, std::move(strand), std::move(task));
  } else {
    strand->Push(std::move(task));
    if (strand->running_ == 0) GiveTurn(std::move(strand));
  }
  WakeThread();
}

void Pool::MakeReady(Rank rank,
                     std::shared_ptr<Strand> strand,
                     std::unique_ptr<Task> task) noexcept {
  task->strand = std::move(strand);
  task->place = places_++;
  ready_[rank].Push(std::move(task));
}

// A turn that already waits at a lower rank moves up.
void Pool::GiveTurn(std::shared_ptr<Strand> strand) noexcept {
  const auto rank = RankOf(*strand);
  if (strand->ready_ >= rank) return;
  if (strand->ready_ >= 0) {
    TaskQueue found;
    ready_[static_cast<std::size_t>(strand->ready_)].MoveTo(
        found, [&](const Task& task) { return !task.run && task.strand == strand; });
    strand->turn_ = found.Pop();
  }
  strand->ready_ = rank;
  auto turn = std::move(strand->turn_);
  MakeReady(rank, std::move(strand), std::move(turn));
}

// Makes ready the waiting tasks that may overtake the lent-out task of their strand.
void Pool::Overtake(const std::shared_ptr<Strand>& strand) noexcept {
  if (strand->Waiting(Order::kHalts) + strand->Waiting(Order::kEnds) == 0) return;
  TaskQueue waiting;
  strand->tasks_.MoveTo(waiting, [](const Task&) { return true; });
  strand->waiting_ = {};
  while (auto task = waiting.Pop()) {
    if (strand->Overtakes(task->order)) {
      ++strand->running_;
      MakeReady(kRankUrgent, strand, std::move(task));
    } else {
      strand->Push(std::move(task));
    }
  }
}

int Pool::MayStart(Rank rank) const {
  const int ready = static_cast<int>(ready_[rank].size());
  const int most = rank == kRankUrgent ? kMostTasks : kMostCalls;
  int may = std::max(most - busy_, 0);
  if (rank == kRankBackground) {
    may = std::min({may,
                    kBackgroundThreads - (background_ - lent_background_),
                    kMostBackground - background_});
  }
  return std::min(ready, may);
}

// Urgent tasks come first, the rest in the order in which they became ready.
bool Pool::Next(Rank* rank) const {
  const bool call = MayStart(kRankCall) > 0;
  const bool background = MayStart(kRankBackground) > 0;
  const auto place = [&](Rank of) { return ready_[of].front()->place; };
  if (MayStart(kRankUrgent) > 0) {
    *rank = kRankUrgent;
  } else if (call && (!background || place(kRankCall) < place(kRankBackground))) {
    *rank = kRankCall;
  } else if (background) {
    *rank = kRankBackground;
  } else {
    return false;
  }
  return true;
}

// How long a task may take before its thread is lent out.
std::chrono::milliseconds Pool::LendingDelay(Rank rank) const {
  const auto size = [&](Rank of) { return static_cast<int>(ready_[of].size()); };
  const bool many = rank == kRankBackground ? size(kRankBackground) > kBackgroundThreads
                                            : size(kRankCall) + size(kRankUrgent) > kWorkingThreads;
  return many ? kLendSoon : kLendAfter;
}

void Pool::WakeThread() noexcept {
  const int startable = MayStart(kRankUrgent) + MayStart(kRankCall) + MayStart(kRankBackground);
  if (idle_ < startable) AddThread();
  if (idle_ > 0 && startable > 0) work_.notify_one();
  const auto delay = std::min(LendingDelay(kRankCall), LendingDelay(kRankBackground));
  if (delay < kLendAfter) Clock::Get().WakeAt(std::chrono::steady_clock::now() + delay);
}

void Pool::AddThread() noexcept {
  const int all = static_cast<int>(workers_.size());
  if (all - lent_ >= kWorkingThreads || (at_rest_ && all == 0)) return;
  Worker* added = nullptr;
  bool begun = false;
  try {
    added = &workers_.emplace_back();
    begun = BeginThread([this, added, body = body_] {
      ThreadScope scope(Thread::kCom);
      NameThread("dosvc-calls");
      if (body) {
        body([&] { Work(*added); });
      } else {
        Work(*added);
      }
    });
  } catch (const std::bad_alloc&) {
    // As if there were no thread.
  }
  if (begun) return;
  // The work waits until a thread is free or the clock's next tick tries again.
  if (added != nullptr) workers_.pop_back();
  Clock::Get().WakeAt(std::chrono::steady_clock::now() + kLendSoon);
}

// [COM]
void Pool::Work(Worker& worker) {
  std::unique_lock<Mutex> lock(mu_);
  while (!worker.lent) {
    Rank rank{};
    if (!Next(&rank)) {
      ++idle_;
      const bool woken = work_.wait_for(lock, kIdle, [&] { return Next(&rank); });
      --idle_;
      if (!woken) break;
    }
    RunOne(worker, rank, lock);
  }
  workers_.remove_if([&](const Worker& other) { return &other == &worker; });
  WakeThread();
}

void Pool::RunOne(Worker& worker, Rank rank, std::unique_lock<Mutex>& lock) {
  auto task = ready_[rank].Pop();
  const auto strand = std::move(task->strand);
  if (!task->run) {
    strand->turn_ = std::move(task);
    strand->ready_ = -1;
    task = strand->Pop();
    ++strand->running_;
  }
  ++busy_;
  if (rank == kRankBackground) ++background_;
  worker.rank = rank;
  worker.strand = strand;
  worker.since = std::chrono::steady_clock::now();
  Clock::Get().WakeAt(worker.since + LendingDelay(rank));

  lock.unlock();
  try {
    task->run();
  } catch (const std::exception&) {
    // An exception must not end the thread. A task that owes an outcome has settled it itself.
  }
  task.reset();  // destroys what the task holds before the lock is taken again
  lock.lock();

  worker.since = kNever;
  worker.strand.reset();
  --busy_;
  if (rank == kRankBackground) --background_;
  if (worker.lent) {
    --lent_;
    --strand->lent_;
    if (rank == kRankBackground) --lent_background_;
  }
  // An overtaking task keeps its place too: nothing posted later starts before it has ended.
  if (--strand->running_ > 0 || strand->tasks_.size() == 0) return;
  // No wake-up is needed: this thread takes the turn itself, or wakes another as it ends if it was
  // lent out.
  GiveTurn(strand);
}

Time Pool::Tick(Time now) {
  std::lock_guard<Mutex> lock(mu_);
  Time next = kNever;
  for (auto& worker : workers_) {
    if (worker.lent || worker.since == kNever) continue;
    const Time due = worker.since + LendingDelay(worker.rank);
    if (due <= now) {
      Lend(worker);
    } else {
      next = std::min(next, due);
    }
  }
  WakeThread();
  return next;
}

void Pool::Lend(Worker& worker) noexcept {
  worker.lent = true;
  ++lent_;
  if (worker.rank == kRankBackground) ++lent_background_;
  ++worker.strand->lent_;
  Overtake(worker.strand);
  WakeThread();
}

}  // namespace dosvc
