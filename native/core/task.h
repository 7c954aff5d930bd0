// SPDX-License-Identifier: MIT
//
// A task for a thread of the pool, and a queue of tasks. A task is allocated before it is posted,
// so that posting needs no memory and cannot fail.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <utility>

namespace dosvc {

class Strand;

// From the least urgent to the most.
enum class Order {
  kBackground,  // in order; no caller asked for it
  kQueued,      // in order
  kStarts,      // in order; while it waits, no kHalts task overtakes it
  kUrgent,      // in order; gets a thread even when hung calls have used up those for calls
  kHalts,       // likewise, and runs beside a task of its strand that is lent out
  kEnds,        // likewise, and overtakes even kStarts tasks, because it is final
};
inline constexpr std::size_t kOrders = 6;

struct Task {
  std::function<void()> run;  // empty if the task is the turn of a strand
  Order order = Order::kQueued;
  // Set while the task waits for a thread:
  std::shared_ptr<Strand> strand;
  std::uint64_t place = 0;
  std::unique_ptr<Task> next;
};

// A first-in, first-out queue that owns its tasks.
class TaskQueue {
 public:
  TaskQueue() = default;
  ~TaskQueue() {
    while (Pop()) {
    }
  }
  TaskQueue(const TaskQueue&) = delete;
  TaskQueue& operator=(const TaskQueue&) = delete;

  std::size_t size() const { return size_; }
  const Task* front() const { return first_.get(); }

  void Push(std::unique_ptr<Task> task) noexcept {
    auto* const added = task.get();
    (last_ != nullptr ? last_->next : first_) = std::move(task);
    last_ = added;
    ++size_;
  }

  // Null if the queue is empty.
  std::unique_ptr<Task> Pop() noexcept {
    auto task = std::move(first_);
    if (!task) return task;
    first_ = std::move(task->next);
    if (!first_) last_ = nullptr;
    --size_;
    return task;
  }

  // Moves the tasks for which the predicate is true to `other`, in order.
  template <typename Predicate>
  void MoveTo(TaskQueue& other, Predicate predicate) noexcept {
    for (auto left = size_; left > 0; --left) {
      auto task = Pop();
      auto& into = predicate(*task) ? other : *this;
      into.Push(std::move(task));
    }
  }

 private:
  std::unique_ptr<Task> first_;
  Task* last_ = nullptr;
  std::size_t size_ = 0;
};

}  // namespace dosvc
