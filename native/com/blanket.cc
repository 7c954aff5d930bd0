// SPDX-License-Identifier: MIT

#include "com/blanket.h"

#include <objbase.h>

#include <atomic>

#include "core/thread.h"

namespace dosvc::com {
namespace {

std::atomic<bool> missing{false};

}  // namespace

HRESULT SetBlanket(IUnknown* proxy) {
  AssertOn(Thread::kCom);
  const HRESULT hr = CoSetProxyBlanket(proxy,
                                       RPC_C_AUTHN_DEFAULT,
                                       RPC_C_AUTHZ_NONE,
                                       COLE_DEFAULT_PRINCIPAL,
                                       RPC_C_AUTHN_LEVEL_DEFAULT,
                                       RPC_C_IMP_LEVEL_IMPERSONATE,
                                       nullptr,
                                       EOAC_STATIC_CLOAKING);
  if (hr == E_NOTIMPL) missing = true;
  // An object of our own that came back is no proxy and has no IClientSecurity.
  return hr == E_NOTIMPL || hr == E_NOINTERFACE ? S_OK : hr;
}

bool BlanketsMissing() { return missing; }

}  // namespace dosvc::com
