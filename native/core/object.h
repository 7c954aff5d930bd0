// SPDX-License-Identifier: MIT
//
// What a handle stands for: a service's object, or a subscription. It belongs to a strand and is
// destroyed there, because releasing a proxy is a call to the service, which neither JavaScript's
// thread nor a finaliser may make.
#pragma once

#include <chrono>
#include <memory>
#include <mutex>
#include <utility>

#include "core/pool.h"
#include "core/sync.h"
#include "core/value.h"

namespace dosvc {

// Counts the live objects of an environment, so that its end can wait for them for a limited time.
class LiveObjects {
 public:
  void Add();                                           // [any]
  void Remove();                                        // [any]
  int Count();                                          // [any]
  bool WaitForNone(std::chrono::milliseconds timeout);  // [JS]

 private:
  Mutex mu_;
  Condition none_;
  int count_ = 0;  // guarded by mu_
};

class Object {
 public:
  Object(std::shared_ptr<Strand> strand, std::shared_ptr<LiveObjects> live_objects);
  virtual ~Object();  // [COM] on its strand
  // [JS] JavaScript has released its handle. Tasks that wait on the strand may still own a share.
  virtual void Released() noexcept {}
  Object(const Object&) = delete;
  Object& operator=(const Object&) = delete;

  const std::shared_ptr<Strand>& strand() const { return strand_; }
  // [JS] Shares another object's strand from now on. Only before the first call on this object.
  void MoveTo(std::shared_ptr<Strand> strand) { strand_ = std::move(strand); }

 private:
  template <typename T, typename... Arguments>
  friend std::shared_ptr<T> MakeObject(Arguments&&... arguments);
  void DestroyOnStrand() noexcept;

  std::shared_ptr<Strand> strand_;
  const std::shared_ptr<LiveObjects> live_objects_;
  // Allocated beforehand, because dropping the last reference must not fail.
  std::unique_ptr<Task> destruction_;
};

// [any] Makes an object that is destroyed on its strand, whichever thread drops the last reference,
// and also if there is no memory for the shared_ptr itself.
template <typename T, typename... Arguments>
std::shared_ptr<T> MakeObject(Arguments&&... arguments) {
  auto destruction = Strand::Prepare({});
  auto* const owned = new T(std::forward<Arguments>(arguments)...);
  destruction->run = [owned] { delete owned; };  // fits into std::function without allocating
  owned->destruction_ = std::move(destruction);
  return std::shared_ptr<T>(owned, [](T* dead) { dead->DestroyOnStrand(); });
}

}  // namespace dosvc
