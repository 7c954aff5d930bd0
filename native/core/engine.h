// SPDX-License-Identifier: MIT
//
// The seam between the addon and what really makes the calls. The product's engine is COM
// (native/com); a fake one (test/fake) lets the same addon run on Linux under sanitizers. Whichever
// is linked defines the functions at the end.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "core/mailbox.h"
#include "core/object.h"
#include "core/questions.h"
#include "core/value.h"

namespace dosvc {

// A row: one method of one interface. The engine derives from it what it needs to call it.
struct Method {
  const char* address;  // 'IBackgroundCopyJob::GetState'
  Order order;
};

// What an engine tells its environment with.
struct Upward {
  std::shared_ptr<Mailbox> mailbox;
  std::shared_ptr<Questions> questions;
  std::shared_ptr<Census> census;
};

// What one environment sees of the services.
class Engine {
 public:
  virtual ~Engine() = default;

  // [COM] Activates a class and asks it for a manager; the value is the manager.
  virtual Outcome Connect(const List& arguments) = 0;
  // [COM] Runs a row on an object, which may take from the arguments what it wants.
  virtual Outcome Call(Object& object, const Method& method, List& arguments) = 0;
  // [JS] A subscription of a kind, on a target where the kind has one; what is to be done about it
  // is queued on the target's strand. Its events carry the number. Null: no such kind, or not for
  // this target.
  virtual ObjectRef Subscribe(SubscriptionId number,
                              const std::u16string& kind,
                              const ObjectRef& target,
                              const Value& options) = 0;
  // [JS] An object that came just now stands for the thing that the key names: whatever stands for
  // the same shares its strand.
  virtual void Unite(const ObjectRef& object, const std::u16string& key) = 0;
  // [COM] An object goes on with what another one has: the same thing in a service that was started
  // again. Its handles, its strand and its subscriptions stay.
  virtual void Renew(const ObjectRef& object, const ObjectRef& source) = 0;
  // [COM] The environment has ended: no service's call may reach it from now on.
  virtual void Close() = 0;
};

// [any] Null where there is no such row.
const Method* FindMethod(std::string_view address);
// [JS]
std::shared_ptr<Engine> MakeEngine(const Upward& upward);
// [COM] What every thread of the pool runs inside.
void RunThread(const std::function<void()>& work);
// [JS] Keeps this module in memory for ever: a worker's end would unload it under our threads.
void PinModule();

}  // namespace dosvc
