// SPDX-License-Identifier: MIT
//
// The fake service's object: it has a strand of its own, keeps what is appended to it, and can
// hang.
#pragma once

#include <memory>
#include <mutex>
#include <utility>

#include "core/object.h"
#include "core/thread.h"
#include "process.h"

namespace dosvc::fake {

// Counted in the process's totals, and destroyed only on a thread of the pool.
class Counted : public Object {
 public:
  explicit Counted(std::shared_ptr<LiveObjects> live_objects)
      : Object(std::make_shared<Strand>(), std::move(live_objects)) {
    ++Totals::Get().objects;
  }
  ~Counted() override {
    AssertOn(Thread::kCom);
    --Totals::Get().objects;
  }
};

class FakeObject : public Counted {
 public:
  using Counted::Counted;

  void Hang() { Gate::Get().Hang(free_); }   // [COM]
  void Free() { Gate::Get().Free(&free_); }  // [COM]

  // [COM] Returns the number of values appended so far.
  double Append(Value value) {
    std::lock_guard<std::mutex> lock(mu_);
    appended_.push_back(std::move(value));
    return static_cast<double>(appended_.size());
  }

  // [COM]
  void Renew(FakeObject& source) {
    auto appended = source.Appended();
    std::lock_guard<std::mutex> lock(mu_);
    appended_ = std::move(appended);
  }

  // [COM]
  List Appended() {
    std::lock_guard<std::mutex> lock(mu_);
    return appended_;
  }

 private:
  bool free_ = false;  // guarded by the gate's mutex
  // A call that overtakes runs beside one on a lent thread.
  std::mutex mu_;
  List appended_;  // guarded by mu_
};

}  // namespace dosvc::fake
