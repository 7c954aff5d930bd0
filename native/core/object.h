// SPDX-License-Identifier: MIT
//
// What a handle stands for: a service's object, or a subscription. It belongs to a strand, and dies
// there: letting a proxy go is a call to the service, which neither JavaScript's thread nor a
// finaliser may make.
#pragma once

#include <chrono>
#include <memory>
#include <mutex>
#include <utility>

#include "core/pool.h"
#include "core/sync.h"
#include "core/value.h"

namespace dosvc {

// How many objects of an environment are alive, so that its end can wait for them for a while.
class Census {
 public:
  void Add();                                            // [any]
  void Remove();                                         // [any]
  int Count();                                           // [any]
  bool WaitForNone(std::chrono::milliseconds patience);  // [JS]

 private:
  Mutex mu_;
  Condition none_;
  int count_ = 0;  // guarded by mu_
};

class Object {
 public:
  Object(std::shared_ptr<Strand> strand, std::shared_ptr<Census> census);
  virtual ~Object();  // [COM] on its strand
  Object(const Object&) = delete;
  Object& operator=(const Object&) = delete;

  const std::shared_ptr<Strand>& strand() const { return strand_; }
  // [JS] Shares another's strand from now on. Before anything was asked of it.
  void MoveTo(std::shared_ptr<Strand> strand) { strand_ = std::move(strand); }

 private:
  template <typename T, typename... Arguments>
  friend std::shared_ptr<T> Own(Arguments&&... arguments);
  void Die() noexcept;

  std::shared_ptr<Strand> strand_;
  const std::shared_ptr<Census> census_;
  std::unique_ptr<Task> death_;  // made beforehand: whoever drops the last share must not fail
};

// [any] Makes an object, and owns it so that it dies on its strand, whoever drops it last, and also
// where there is no memory for its owner.
template <typename T, typename... Arguments>
std::shared_ptr<T> Own(Arguments&&... arguments) {
  auto death = Strand::Prepare({});
  auto* const owned = new T(std::forward<Arguments>(arguments)...);
  death->run = [owned] { delete owned; };  // so little takes no memory
  owned->death_ = std::move(death);
  return std::shared_ptr<T>(owned, [](T* dead) { dead->Die(); });
}

}  // namespace dosvc
