// SPDX-License-Identifier: MIT

#include "com/blanket.h"

#include <objbase.h>

#include "core/thread.h"

namespace dosvc::com {
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
  // Stock Wine does not implement blankets (E_NOTIMPL), and one of our own objects that the service
  // returned is not a proxy (E_NOINTERFACE).
  return hr == E_NOTIMPL || hr == E_NOINTERFACE ? S_OK : hr;
}

}  // namespace dosvc::com
