// SPDX-License-Identifier: MIT
//
// Everything on its way to one JavaScript environment, under one mutex: the outcomes of its
// requests and the events of its subscriptions. A doorbell without data tells the environment to
// drain the mailbox. Closing takes the same mutex, so that nothing rings afterwards.
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
  std::uint64_t place = 0;
};

struct Event {
  SubscriptionId subscription = 0;
  std::string kind;
  Value value;
  // Until this event is drained, a newer one of the same subscription and kind replaces it.
  bool coalesces = false;
  std::uint64_t place = 0;
};

class Mailbox : public Timed {
 public:
  // Each list is in order of arrival. Places give the order between settlements and events.
  struct Batch {
    std::vector<Settlement> settlements;
    std::vector<Event> events;
  };

  // The bell is rung with the mutex held, so it must do no more than wake the environment.
  explicit Mailbox(std::function<void()> bell) : bell_(std::move(bell)) {}

  // [JS] Registers a request. Its outcome is accepted until the deadline. Settle allocates nothing.
  void Open(RequestId request, Time deadline);
  // [COM] The request is about to run. False if its outcome is no longer awaited.
  bool Begin(RequestId request);
  // [COM] False if the request is no longer awaited: then the outcomes, and all that they own, are
  // dropped.
  bool Settle(RequestId request, std::vector<Outcome> outcomes);
  // [any] False after closing.
  bool Put(Event event);

  Batch Drain();          // [JS]
  void Close();           // [JS] Nothing goes in or rings afterwards.
  bool Closed();          // [any]
  std::size_t Waiting();  // [any] Requests on their way.

  Time Tick(Time now) override;  // [clock] Settles the requests that are past their deadlines.

 private:
  struct Pending {
    Time deadline;
    std::vector<Outcome> late;  // room for the outcome of a missed deadline
    bool begun = false;
  };

  // Both are called with mu_ held. There is always room to settle all pending requests.
  void MakeRoom(std::size_t more);
  void Ring();

  Mutex mu_;
  std::function<void()> bell_;                      // guarded by mu_
  std::unordered_map<RequestId, Pending> pending_;  // guarded by mu_
  Batch batch_;                                     // guarded by mu_
  std::uint64_t next_place_ = 0;                    // guarded by mu_
  bool rung_ = false;                               // guarded by mu_
  bool closed_ = false;                             // guarded by mu_
};

}  // namespace dosvc
