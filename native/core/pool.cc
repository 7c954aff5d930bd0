// SPDX-License-Identifier: MIT

#include "core/pool.h"

#include <algorithm>
#include <exception>
#include <new>
#include <thread>
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

bool Pool::IsStill() {
  std::lock_guard<Mutex> lock(mu_);
  return at_rest_ && workers_.empty();
}

Pool::Rank Pool::RankOf(Order order) {
  switch (order) {
    case Order::kAside:
      return kRankAside;
    case Order::kQueued:
    case Order::kStarts:
      return kRankCall;
    case Order::kPresses:
    case Order::kHalts:
    case Order::kEnds:
      break;
  }
  return kRankPressing;
}

Pool::Rank Pool::RankOf(const Strand& strand) {
  auto rank = kRankAside;
  for (std::size_t order = 0; order < strand.waiting_.size(); ++order) {
    if (strand.waiting_[order] > 0) rank = std::max(rank, RankOf(static_cast<Order>(order)));
  }
  return rank;
}

void Pool::Post(std::shared_ptr<Strand> strand, std::unique_ptr<Task> task) noexcept {
  std::lock_guard<Mutex> lock(mu_);
  if (strand->Overtakes(task->order)) {
    ++strand->running_;
    MakeReady(kRankPressing, std::move(strand), std::move(task));
  } else {
    strand->Push(std::move(task));
    if (strand->running_ == 0) GiveTurn(std::move(strand));
  }
  WakeSomebody();
}

void Pool::MakeReady(Rank rank,
                     std::shared_ptr<Strand> strand,
                     std::unique_ptr<Task> task) noexcept {
  task->strand = std::move(strand);
  task->place = places_++;
  ready_[rank].Push(std::move(task));
}

// Its turn moves up where it waits at a lower rank.
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

// Of what waits in a strand of which a task was lent out.
void Pool::Overtake(const std::shared_ptr<Strand>& strand) noexcept {
  if (strand->Waiting(Order::kHalts) + strand->Waiting(Order::kEnds) == 0) return;
  TaskQueue waiting;
  strand->tasks_.MoveTo(waiting, [](const Task&) { return true; });
  strand->waiting_ = {};
  while (auto task = waiting.Pop()) {
    if (strand->Overtakes(task->order)) {
      ++strand->running_;
      MakeReady(kRankPressing, strand, std::move(task));
    } else {
      strand->Push(std::move(task));
    }
  }
}

int Pool::MayStart(Rank rank) const {
  const int ready = static_cast<int>(ready_[rank].size());
  const int most = rank == kRankPressing ? kMost : kMostCalls;
  int may = std::max(most - busy_, 0);
  if (rank == kRankAside) {
    may = std::min({may, kWorkingAside - (aside_ - lent_aside_), kMostAside - aside_});
  }
  return std::min(ready, may);
}

// What presses comes first, the rest in the order in which it became ready.
bool Pool::Next(Rank* rank) const {
  const bool call = MayStart(kRankCall) > 0;
  const bool aside = MayStart(kRankAside) > 0;
  const auto place = [&](Rank of) { return ready_[of].front()->place; };
  if (MayStart(kRankPressing) > 0) {
    *rank = kRankPressing;
  } else if (call && (!aside || place(kRankCall) < place(kRankAside))) {
    *rank = kRankCall;
  } else if (aside) {
    *rank = kRankAside;
  } else {
    return false;
  }
  return true;
}

// How long a task may take until its thread is made up for.
std::chrono::milliseconds Pool::Patience(Rank rank) const {
  const auto size = [&](Rank of) { return static_cast<int>(ready_[of].size()); };
  const bool many = rank == kRankAside ? size(kRankAside) > kWorkingAside
                                       : size(kRankCall) + size(kRankPressing) > kWorking;
  return many ? kLendSoon : kLendAfter;
}

void Pool::WakeSomebody() noexcept {
  const int startable = MayStart(kRankPressing) + MayStart(kRankCall) + MayStart(kRankAside);
  if (idle_ < startable) AddThread();
  if (idle_ > 0 && startable > 0) work_.notify_one();
  const auto patience = std::min(Patience(kRankCall), Patience(kRankAside));
  if (patience < kLendAfter) Clock::Get().WakeAt(std::chrono::steady_clock::now() + patience);
}

void Pool::AddThread() noexcept {
  const int all = static_cast<int>(workers_.size());
  if (all - lent_ >= kWorking || (at_rest_ && all == 0)) return;
  Worker* added = nullptr;
  try {
    added = &workers_.emplace_back();
    std::thread([this, added, body = body_] {
      ThreadScope scope(Thread::kCom);
      NameThread("dosvc-calls");
      if (body) {
        body([&] { Work(*added); });
      } else {
        Work(*added);
      }
    }).detach();
  } catch (const std::exception&) {
    // The work waits for a thread that comes free, or for another try.
    if (added != nullptr) workers_.pop_back();
    Clock::Get().WakeAt(std::chrono::steady_clock::now() + kLendSoon);
  }
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
  WakeSomebody();
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
  if (rank == kRankAside) ++aside_;
  worker.rank = rank;
  worker.strand = strand;
  worker.since = std::chrono::steady_clock::now();
  Clock::Get().WakeAt(worker.since + Patience(rank));

  lock.unlock();
  try {
    task->run();
  } catch (const std::exception&) {
    // No exception ends a thread. A task that owes an answer has settled it itself.
  }
  task.reset();  // what it holds goes before the lock comes back
  lock.lock();

  worker.since = kNever;
  worker.strand.reset();
  --busy_;
  if (rank == kRankAside) --aside_;
  if (worker.lent) {
    --lent_;
    --strand->lent_;
    if (rank == kRankAside) --lent_aside_;
  }
  // What overtook keeps its place all the same: nothing posted later starts before it has ended.
  if (--strand->running_ > 0 || strand->tasks_.size() == 0) return;
  // This thread takes it up itself, or whoever follows a lent one: nobody has to be woken.
  GiveTurn(strand);
}

Time Pool::Tick(Time now) {
  std::lock_guard<Mutex> lock(mu_);
  Time next = kNever;
  for (auto& worker : workers_) {
    if (worker.lent || worker.since == kNever) continue;
    const Time due = worker.since + Patience(worker.rank);
    if (due <= now) {
      Lend(worker);
    } else {
      next = std::min(next, due);
    }
  }
  WakeSomebody();
  return next;
}

void Pool::Lend(Worker& worker) noexcept {
  worker.lent = true;
  ++lent_;
  if (worker.rank == kRankAside) ++lent_aside_;
  ++worker.strand->lent_;
  Overtake(worker.strand);
  WakeSomebody();
}

}  // namespace dosvc
