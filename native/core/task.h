// SPDX-License-Identifier: MIT
//
// Something to be done on a thread of the pool, and a queue of such. A task is made before it is
// posted, so that posting needs no memory and cannot fail.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <utility>

namespace dosvc {

class Strand;

enum class Order {
  kAside,    // in order; nobody asked for it
  kQueued,   // in order
  kStarts,   // in order, and nothing that halts overtakes it while it waits
  kPresses,  // in order, and finds a thread although calls that hang have taken theirs
  kHalts,    // likewise, and while a lent-out task is away, runs beside it
  kEnds,     // likewise, and overtakes even what starts, for it is final
};
inline constexpr std::size_t kOrders = 6;

struct Task {
  std::function<void()> run;  // empty: the turn of a strand
  Order order = Order::kQueued;
  // While it waits for a thread:
  std::shared_ptr<Strand> strand;
  std::uint64_t place = 0;
  std::unique_ptr<Task> next;
};

// First in, first out; owns what is in it.
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

  // Null where it is empty.
  std::unique_ptr<Task> Pop() noexcept {
    auto task = std::move(first_);
    if (!task) return task;
    first_ = std::move(task->next);
    if (!first_) last_ = nullptr;
    --size_;
    return task;
  }

  // Takes out those of which it is true, in order.
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
