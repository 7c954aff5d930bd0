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
      identity_(std::move(identity)) {}

ComObject::~ComObject() { engine_->Forget(identity_.Get()); }

HRESULT ComObject::Query(REFIID iid, ComPtr<IUnknown>* proxy) {
  *proxy = Kept(iid);
  if (*proxy) return S_OK;
  HRESULT hr = identity_->QueryInterface(iid, reinterpret_cast<void**>(proxy->GetAddressOf()));
  if (SUCCEEDED(hr)) hr = SetBlanket(proxy->Get());
  if (SUCCEEDED(hr)) Keep(iid, *proxy);
  return hr;
}

void ComObject::Keep(REFIID iid, ComPtr<IUnknown> proxy) {
  if (Kept(iid)) return;
  std::lock_guard<Mutex> lock(mu_);
  proxies_.push_back({iid, std::move(proxy)});
}

ComPtr<IUnknown> ComObject::Kept(REFIID iid) {
  std::lock_guard<Mutex> lock(mu_);
  for (const auto& proxy : proxies_) {
    if (IsEqualIID(proxy.iid, iid)) return proxy.pointer;
  }
  return nullptr;
}

}  // namespace dosvc::com
