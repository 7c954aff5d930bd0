// SPDX-License-Identifier: MIT
//
// What our callback objects have in common. A sink makes no outgoing call, takes no lock other than
// a queue's or the mailbox's, never throws, and holds no pointer that can dangle. QueryInterface
// answers only for IUnknown and the interfaces that the sink implements: no free-threaded
// marshaler, no IMarshal, no IAgileObject.
#pragma once

#include <windows.h>

#include <atomic>
#include <exception>
#include <list>
#include <memory>

#include "com/com_engine.h"
#include "com/iid.h"
#include "com/pointer.h"
#include "core/object.h"
#include "core/thread.h"

namespace dosvc::com {

// [RPC] Runs the body of a sink's method, so that no C++ exception crosses the vtable.
template <typename Run>
HRESULT Answer(Run run) {
  ThreadScope scope(Thread::kRpc);
  try {
    return run();
  } catch (const std::exception&) {
    return E_OUTOFMEMORY;
  }
}

// Reference counting and QueryInterface for a sink that implements one interface. Bases: those of
// its base interfaces that it also answers for. Calls arrive on RPC threads.
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

// An object that holds a sink. JavaScript passes the object's handle, and rows pass the sink.
class SinkHolder {
 public:
  virtual ~SinkHolder() = default;
  virtual IUnknown* sink() const = 0;  // [COM] null until it is set
};

// Owns a sink for as long as we want its callbacks: the engine knows the sink, and the owner's
// destructor disconnects it from the service. The service's own references may outlive the owner.
class SinkOwner {
 public:
  SinkOwner(std::shared_ptr<ComEngine> engine, ComPtr<IUnknown> sink);
  ~SinkOwner();  // [COM]
  SinkOwner(const SinkOwner&) = delete;
  SinkOwner& operator=(const SinkOwner&) = delete;

  IUnknown* get() const { return sink_.front().Get(); }

 private:
  const std::shared_ptr<ComEngine> engine_;
  // One element; a list, so that Disconnect() allocates no memory.
  std::list<ComPtr<IUnknown>> sink_;
};

// A subscription that is only a sink. JavaScript passes its handle to the rows that take a sink.
class SinkSubscription : public Object, public SinkHolder {
 public:
  SinkSubscription(const std::shared_ptr<ComEngine>& engine, ComPtr<IUnknown> sink);
  IUnknown* sink() const override { return owner_.get(); }

 private:
  const SinkOwner owner_;
};

}  // namespace dosvc::com
