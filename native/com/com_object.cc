// SPDX-License-Identifier: MIT

#include "com/com_object.h"

#include <utility>

#include "com/blanket.h"
#include "com/com_engine.h"

namespace dosvc::com {

ComObject::ComObject(std::shared_ptr<LiveObjects> live_objects,
                     std::shared_ptr<ComEngine> engine,
                     ComPtr<IUnknown> identity)
    : Object(std::make_shared<Strand>(), std::move(live_objects)), engine_(std::move(engine)) {
  remote_.identity = std::move(identity);
}

ComObject::~ComObject() { engine_->Forget(remote_.identity.Get()); }

ComPtr<IUnknown> ComObject::identity() {
  std::lock_guard<Mutex> lock(mu_);
  return remote_.identity;
}

HRESULT ComObject::Query(REFIID iid, ComPtr<IUnknown>* proxy) {
  ComPtr<IUnknown> identity;
  {
    std::lock_guard<Mutex> lock(mu_);
    *proxy = FindProxy(iid);
    if (*proxy) return S_OK;
    identity = remote_.identity;
  }
  const HRESULT hr = identity->QueryInterface(iid, reinterpret_cast<void**>(proxy->GetAddressOf()));
  return SUCCEEDED(hr) ? AddProxy(identity.Get(), iid, *proxy) : hr;
}

// Does not keep the proxy if Renew() has replaced the identity in the meantime.
HRESULT ComObject::AddProxy(IUnknown* identity, REFIID iid, ComPtr<IUnknown> proxy) {
  {
    std::lock_guard<Mutex> lock(mu_);
    if (remote_.identity.Get() == identity && FindProxy(iid) != nullptr) return S_OK;
  }
  const HRESULT hr = SetBlanket(proxy.Get());
  if (FAILED(hr)) return hr;
  std::lock_guard<Mutex> lock(mu_);
  if (remote_.identity.Get() == identity && FindProxy(iid) == nullptr) {
    remote_.proxies.push_back({iid, std::move(proxy)});
  }
  return S_OK;
}

ComPtr<IUnknown> ComObject::Renew(ComObject& source) {
  Remote remote;
  {
    std::lock_guard<Mutex> lock(source.mu_);
    remote = source.remote_;
  }
  {
    std::lock_guard<Mutex> lock(mu_);
    std::swap(remote_, remote);
  }
  // Releasing the proxies calls the service, which may be gone, so do it without holding the lock.
  remote.proxies.clear();
  return std::move(remote.identity);
}

IUnknown* ComObject::FindProxy(REFIID iid) const {
  for (const auto& proxy : remote_.proxies) {
    if (IsEqualIID(proxy.iid, iid)) return proxy.pointer.Get();
  }
  return nullptr;
}

}  // namespace dosvc::com
