// SPDX-License-Identifier: MIT
//
// A notification sink that is attached to an object of the service. Each callback starts a look at
// the object, on the object's strand and one look at a time; the look's outcomes go into the
// mailbox under the callback's name. A callback about another object, which comes with it, is an
// event of its own. When the sink ends, it puts back its loans.
#pragma once

#include <windows.h>

#include <memory>
#include <mutex>
#include <vector>

#include "com/com_engine.h"
#include "com/pointer.h"
#include "com/registry.h"
#include "com/sink.h"
#include "core/call.h"
#include "core/sync.h"

namespace dosvc::com {

class HookedSink : public Object,
                   public SinkHolder,
                   public std::enable_shared_from_this<HookedSink> {
 public:
  HookedSink(std::shared_ptr<ComEngine> engine,
             SubscriptionId number,
             std::shared_ptr<ComObject> object,
             Calls look,
             Calls brought);
  ~HookedSink() override;

  // Queues the withdrawal ahead of any later call on the object, whatever still waits there.
  void Released() noexcept override;

  // [JS] Sets the callback object, which reports to Called(). Once, before anything else.
  void Attach(ComPtr<IUnknown> sink);
  IUnknown* sink() const override { return owner_ ? owner_->get() : nullptr; }

  // [COM] on the strand: makes the call that sets a loan on `object`, which shares the sink's
  // strand. The sink uses that object from then on.
  Outcome SetLoan(std::shared_ptr<ComObject> object, Call& call);

  // [RPC] Notes a callback and posts a look, unless one already waits. `name` is a string literal;
  // `brought`, the object that came with the callback, may be null.
  void Called(const char* name, REFIID iid, IUnknown* brought);
  // [RPC] Posts the event of a callback that is about `brought`, with these fields. Every callback
  // has its event, and the events keep the order of the callbacks.
  void Told(const char* name, REFIID iid, IUnknown* brought, Record fields);

 private:
  struct SavedSetting {
    const ComMethod* read;
    const ComMethod* set;
    Value before;
    Value ours;
  };
  // What callbacks have reported since the last look.
  struct Reported {
    std::vector<const char*> names;
    IID iid{};
    ComPtr<IUnknown> brought;
  };

  Outcome Add(SavedSetting& saved, List& arguments, Loan::How how);
  Outcome Run(const ComMethod& row, List& arguments);
  void Restore(const SavedSetting& saved);
  void Withdraw();
  void Look();
  void LookAndReport(Reported& reported);
  void Report(const char* name, REFIID iid, ComPtr<IUnknown> brought, Record fields);
  Outcome Read(REFIID iid, ComPtr<IUnknown> brought);

  const std::shared_ptr<ComEngine> engine_;
  const SubscriptionId number_;
  const Calls look_;
  const Calls brought_;
  std::unique_ptr<const SinkOwner> owner_;

  // Used on the strand only.
  std::shared_ptr<ComObject> object_;
  std::vector<SavedSetting> saved_;

  Mutex mu_;
  Reported reported_;         // guarded by mu_
  bool look_posted_ = false;  // guarded by mu_
};

}  // namespace dosvc::com
