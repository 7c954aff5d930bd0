// SPDX-License-Identifier: MIT
//
// Everything that comes up to one JavaScript environment: the outcomes of its requests and the
// events of its subscriptions, under one mutex. A doorbell without data tells the environment to
// drain it. Closing takes the same mutex, so that nothing rings after it.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <mutex>
#include <unordered_map>
#include <vector>

#include "core/clock.h"
#include "core/sync.h"
#include "core/value.h"

namespace dosvc {

using RequestId = std::uint32_t;
using SubscriptionId = std::uint32_t;

struct Settlement {
  RequestId request = 0;
  std::vector<Outcome> outcomes;
};

struct Event {
  SubscriptionId subscription = 0;
  std::string kind;
  Value value;
  // A newer one of the same subscription replaces this one, as long as it has not been drained
  // and nothing else of that subscription came in between.
  bool coalesces = false;
};

class Mailbox : public Timed {
 public:
  struct Batch {
    std::vector<Settlement> settlements;
    std::vector<Event> events;
  };

  // The bell is rung with the mutex held: it may do no more than wake the environment.
  explicit Mailbox(std::function<void()> bell) : bell_(std::move(bell)) {}

  // [JS] A request is on its way. Its outcome is taken until the deadline: to settle it takes no
  // memory any more.
  void Open(RequestId request, Time deadline);
  // [COM] The request is about to be carried out; false where nobody waits for it any more.
  bool Begin(RequestId request);
  // [COM] False where nobody waits any more: then the outcomes, and all that they own, are dropped.
  bool Settle(RequestId request, std::vector<Outcome> outcomes);
  // [any] False after closing.
  bool Put(Event event);

  Batch Drain();          // [JS]
  void Close();           // [JS] Nothing goes in or rings after it.
  bool Closed();          // [any]
  std::size_t Waiting();  // [any] Requests on their way.

  Time Tick(Time now) override;  // [clock] Settles what is past its deadline.

 private:
  struct Pending {
    Time deadline;
    std::vector<Outcome> late;  // room for the one that a deadline gives
    bool begun = false;
  };

  // Both with mu_ held. There is always room for the settlements of all that is pending.
  void MakeRoom(std::size_t more);
  void Ring();

  Mutex mu_;
  std::function<void()> bell_;                      // guarded by mu_
  std::unordered_map<RequestId, Pending> pending_;  // guarded by mu_
  Batch batch_;                                     // guarded by mu_
  bool rung_ = false;                               // guarded by mu_
  bool closed_ = false;                             // guarded by mu_
};

}  // namespace dosvc
