// SPDX-License-Identifier: MIT
//
// The interface between the addon and the code that makes the calls. The product's engine is COM
// (native/com). A fake one (test/fake) lets the same addon run on Linux under sanitizers. The
// engine that is linked defines the functions at the end of this file.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "core/call.h"
#include "core/mailbox.h"
#include "core/object.h"
#include "core/questions.h"
#include "core/value.h"

namespace dosvc {

// A row: one method of one interface. An engine derives from it and adds what the call needs.
struct Method {
  Order order;
};

// The channels through which an engine reports to its environment.
struct Channels {
  std::shared_ptr<Mailbox> mailbox;
  std::shared_ptr<Questions> questions;
  std::shared_ptr<LiveObjects> live_objects;
};

// What JavaScript subscribes to.
struct Subscription {
  SubscriptionId number = 0;  // its events carry this number
  std::u16string kind;
  ObjectRef target;  // null if the kind has none
  Value options;
  Calls look;     // the calls that read the target each time the service calls back
  Calls brought;  // the calls that read an object that comes with a call and is what it is about
};

// One environment's view of the services.
class Engine {
 public:
  virtual ~Engine() = default;

  // [COM] Activates a class. The value is its manager.
  virtual Outcome Connect(const List& arguments) = 0;
  // [COM] Runs the call's row on an object. The row may move values out of the arguments.
  virtual Outcome Run(const ObjectRef& object, Call& call) = 0;
  // [JS] Makes a subscription. Its work is queued on the target's strand. Null if there is no such
  // kind, or not for this target.
  virtual ObjectRef Subscribe(Subscription subscription) = 0;
  // [JS] Records that `object`, which has just arrived, stands for the thing that `key` names. All
  // objects that stand for the same thing share one strand.
  virtual void Unite(const ObjectRef& object, const std::u16string& key) = 0;
  // [COM] Replaces what `object` holds of the service with what `source` holds: the same thing in a
  // restarted service. The handles, the strand and the subscriptions of `object` stay.
  virtual void Renew(const ObjectRef& object, const ObjectRef& source) = 0;
};

// [any] The row at an address, such as 'IBackgroundCopyJob::GetState'. Null if there is none.
const Method* FindMethod(std::string_view address);
// [JS]
std::shared_ptr<Engine> MakeEngine(const Channels& channels);
// [COM] Wraps the work of each thread of the pool.
void RunThread(const std::function<void()>& work);
// [COM] Reads something of the system. The query is a kind, and the texts that the kind needs.
Outcome ReadSystem(const List& query);
// [JS] The system's own text for an HRESULT, in the user's language. Empty if it has none.
std::u16string SystemText(std::uint32_t hresult);
// [JS] Keeps this module loaded for good. Otherwise the end of a worker would unload it while our
// threads still run its code.
void PinModule();

}  // namespace dosvc
