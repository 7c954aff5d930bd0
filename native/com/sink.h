// SPDX-License-Identifier: MIT
//
// What our callback objects have in common. A sink makes no outgoing call, takes no lock but a
// queue's or the mailbox's, never throws, and owns no pointer that can die. It offers IUnknown and
// the interfaces it really has: no free-threaded marshaler, no IMarshal, no IAgileObject.
#pragma once

#include <windows.h>

#include <atomic>
#include <exception>
#include <memory>

#include "com/com_engine.h"
#include "com/iid.h"
#include "com/pointer.h"
#include "core/object.h"
#include "core/thread.h"

namespace dosvc::com {

// [RPC] What a sink does for a service's call: no C++ exception crosses its vtable.
template <typename Run>
HRESULT Answer(Run run) {
  ThreadScope scope(Thread::kRpc);
  try {
    return run();
  } catch (const std::exception&) {
    return E_OUTOFMEMORY;
  }
}

// Reference counting and QueryInterface for a sink of one interface and those of its bases that it
// answers for, too. Calls come on RPC threads.
template <typename Interface, typename... Bases>
class SinkObject : public Interface {
 public:
  HRESULT STDMETHODCALLTYPE QueryInterface(REFIID iid, void** object) override {
    if (object == nullptr) return E_POINTER;
    const bool known = IsEqualIID(iid, abi::kIidOf<IUnknown>) ||
                       IsEqualIID(iid, abi::kIidOf<Interface>) ||
                       (IsEqualIID(iid, abi::kIidOf<Bases>) || ...);
    *object = known ? static_cast<Interface*>(this) : nullptr;
    if (known) AddRef();
    return known ? S_OK : E_NOINTERFACE;
  }
  ULONG STDMETHODCALLTYPE AddRef() override { return ++references_; }
  ULONG STDMETHODCALLTYPE Release() override {
    const ULONG left = --references_;
    if (left == 0) delete this;
    return left;
  }

 protected:
  SinkObject() = default;
  virtual ~SinkObject() = default;

 private:
  std::atomic<ULONG> references_{1};
};

// An object of ours that stands for a sink: rows pass the sink where JavaScript passes its handle.
class SinkHolder {
 public:
  virtual ~SinkHolder() = default;
  virtual IUnknown* sink() const = 0;  // [COM] null before it was made
};

// Owns a sink for as long as we want to hear from it: the engine knows it, and when the owner goes
// the service is cut off. The service's own references may live on.
class SinkOwner {
 public:
  SinkOwner(std::shared_ptr<ComEngine> engine, ComPtr<IUnknown> sink);
  ~SinkOwner();  // [COM]
  SinkOwner(const SinkOwner&) = delete;
  SinkOwner& operator=(const SinkOwner&) = delete;

  IUnknown* get() const { return sink_.Get(); }

 private:
  const std::shared_ptr<ComEngine> engine_;
  const ComPtr<IUnknown> sink_;
};

// The subscription that is a sink and nothing else: its handle is put where a row takes one.
class SinkSubscription : public Object, public SinkHolder {
 public:
  SinkSubscription(const std::shared_ptr<ComEngine>& engine, ComPtr<IUnknown> sink);
  IUnknown* sink() const override { return owner_.get(); }

 private:
  const SinkOwner owner_;
};

}  // namespace dosvc::com
