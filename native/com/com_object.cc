// SPDX-License-Identifier: MIT

#include "com/com_object.h"

#include <utility>

#include "com/blanket.h"
#include "com/com_engine.h"

namespace dosvc::com {

ComObject::ComObject(std::shared_ptr<Census> census,
                     std::shared_ptr<ComEngine> engine,
                     ComPtr<IUnknown> identity)
    : Object(std::make_shared<Strand>(), std::move(census)),
      engine_(std::move(engine)),
      kin_(std::make_shared<Kin>(strand())) {
  place_.identity = std::move(identity);
}

ComObject::~ComObject() { engine_->Forget(place_.identity.Get()); }

ComPtr<IUnknown> ComObject::identity() {
  std::lock_guard<Mutex> lock(mu_);
  return place_.identity;
}

HRESULT ComObject::Query(REFIID iid, ComPtr<IUnknown>* proxy) {
  ComPtr<IUnknown> identity;
  {
    std::lock_guard<Mutex> lock(mu_);
    *proxy = Kept(iid);
    if (*proxy) return S_OK;
    identity = place_.identity;
  }
  const HRESULT hr = identity->QueryInterface(iid, reinterpret_cast<void**>(proxy->GetAddressOf()));
  return SUCCEEDED(hr) ? Keep(identity.Get(), iid, *proxy) : hr;
}

// Not a proxy of a place that was left meanwhile.
HRESULT ComObject::Keep(IUnknown* identity, REFIID iid, ComPtr<IUnknown> proxy) {
  {
    std::lock_guard<Mutex> lock(mu_);
    if (place_.identity.Get() == identity && Kept(iid) != nullptr) return S_OK;
  }
  const HRESULT hr = SetBlanket(proxy.Get());
  if (FAILED(hr)) return hr;
  std::lock_guard<Mutex> lock(mu_);
  if (place_.identity.Get() == identity && Kept(iid) == nullptr) {
    place_.proxies.push_back({iid, std::move(proxy)});
  }
  return S_OK;
}

void ComObject::Join(std::shared_ptr<Kin> kin) {
  MoveTo(kin->strand);
  kin_ = std::move(kin);
}

ComPtr<IUnknown> ComObject::Renew(ComObject& source) {
  Place place;
  {
    std::lock_guard<Mutex> lock(source.mu_);
    place = source.place_;
  }
  std::function<void()> then;
  {
    std::lock_guard<Mutex> lock(mu_);
    std::swap(place_, place);
    then = when_renewed_;
  }
  // Letting go of it is a call to a service that is gone: here, without the lock.
  place.proxies.clear();
  if (then) then();
  return std::move(place.identity);
}

void ComObject::WhenRenewed(std::function<void()> then) {
  std::lock_guard<Mutex> lock(mu_);
  when_renewed_ = std::move(then);
}

IUnknown* ComObject::Kept(REFIID iid) const {
  for (const auto& proxy : place_.proxies) {
    if (IsEqualIID(proxy.iid, iid)) return proxy.pointer.Get();
  }
  return nullptr;
}

}  // namespace dosvc::com
