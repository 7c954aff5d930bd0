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

HRESULT ComObject::Query(REFIID iid, ComPtr<IUnknown>* proxy) {
  const auto here = Here();
  *proxy = Kept(here, iid);
  if (*proxy) return S_OK;
  HRESULT hr = here.identity->QueryInterface(iid, reinterpret_cast<void**>(proxy->GetAddressOf()));
  if (SUCCEEDED(hr)) hr = SetBlanket(proxy->Get());
  if (SUCCEEDED(hr)) Keep(here.renewals, iid, *proxy);
  return hr;
}

void ComObject::Keep(REFIID iid, ComPtr<IUnknown> proxy) {
  Keep(Here().renewals, iid, std::move(proxy));
}

// Not a proxy of a place that was left meanwhile.
void ComObject::Keep(std::uint32_t renewals, REFIID iid, ComPtr<IUnknown> proxy) {
  std::lock_guard<Mutex> lock(mu_);
  if (renewals != place_.renewals || Kept(place_, iid)) return;
  place_.proxies.push_back({iid, std::move(proxy)});
}

void ComObject::Join(std::shared_ptr<Kin> kin) {
  MoveTo(kin->strand);
  kin_ = std::move(kin);
}

ComPtr<IUnknown> ComObject::Renew(ComObject& source) {
  auto place = source.Here();
  std::function<void()> then;
  {
    std::lock_guard<Mutex> lock(mu_);
    place.renewals = place_.renewals + 1;
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

ComPtr<IUnknown> ComObject::Kept(const Place& place, REFIID iid) {
  for (const auto& proxy : place.proxies) {
    if (IsEqualIID(proxy.iid, iid)) return proxy.pointer;
  }
  return nullptr;
}

ComObject::Place ComObject::Here() {
  std::lock_guard<Mutex> lock(mu_);
  return place_;
}

}  // namespace dosvc::com
