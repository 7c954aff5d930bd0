// SPDX-License-Identifier: MIT
//
// The only place that sets a proxy's security blanket. A blanket applies to one interface of one
// proxy and is not inherited, so created, fetched, queried and enumerated objects all pass through
// here. Without it the service may not impersonate us (CO_E_FAILEDTOIMPERSONATE) and cannot access
// our files.
#pragma once

#include <unknwn.h>
#include <windows.h>

namespace dosvc::com {

// [COM] Impersonation with static cloaking: the service impersonates the user of this process.
HRESULT SetBlanket(IUnknown* proxy);

}  // namespace dosvc::com
