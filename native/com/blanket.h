// SPDX-License-Identifier: MIT
//
// The one place where a proxy gets its security blanket. A blanket belongs to one interface of one
// proxy and is not inherited: created, fetched, queried and enumerated objects all pass here.
// Without it the service may not impersonate us (CO_E_FAILEDTOIMPERSONATE) and cannot reach our
// files.
#pragma once

#include <unknwn.h>
#include <windows.h>

namespace dosvc::com {

// [COM] Impersonation with static cloaking: the identity is the process's.
HRESULT SetBlanket(IUnknown* proxy);

}  // namespace dosvc::com
