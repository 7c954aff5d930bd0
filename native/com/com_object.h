// SPDX-License-Identifier: MIT
//
// One COM identity in one environment: its proxies, one for each interface that was queried, and
// its strand. A service may return one job under several identities, which then share a strand.
#pragma once

#include <windows.h>

#include <memory>
#include <mutex>
#include <utility>
#include <vector>

#include "com/pointer.h"
#include "core/object.h"
#include "core/sync.h"

namespace dosvc::com {

class ComEngine;

class ComObject : public Object {
 public:
  ComObject(std::shared_ptr<LiveObjects> live_objects,
            std::shared_ptr<ComEngine> engine,
            ComPtr<IUnknown> identity);
  ~ComObject() override;

  ComPtr<IUnknown> identity();

  // [COM] Returns the object's proxy for an interface. The first call queries it, sets its blanket
  // and keeps it.
  HRESULT Query(REFIID iid, ComPtr<IUnknown>* proxy);

  // [COM] Sets the blanket of a proxy that came from the service and keeps it, unless the object
  // already has a proxy for that interface.
  HRESULT AddProxy(IUnknown* identity, REFIID iid, ComPtr<IUnknown> proxy);

  // [COM] Replaces the identity and the proxies with those of another object. Returns the previous
  // identity.
  ComPtr<IUnknown> Renew(ComObject& source);

 private:
  struct Proxy {
    IID iid;
    ComPtr<IUnknown> pointer;
  };

  // The object's references into the service.
  struct Remote {
    ComPtr<IUnknown> identity;
    std::vector<Proxy> proxies;
  };

  // Call with mu_ held. Null if there is no proxy for the interface.
  IUnknown* FindProxy(REFIID iid) const;

  const std::shared_ptr<ComEngine> engine_;
  // The strand is not enough: a call that overtakes runs beside one on a lent thread.
  Mutex mu_;
  Remote remote_;  // guarded by mu_
};

}  // namespace dosvc::com
