// SPDX-License-Identifier: MIT
//
// How the service names itself to HTTP servers.
#pragma once

namespace dosvc_stand_in {

constexpr wchar_t kUserAgent[] = L"Microsoft-Delivery-Optimization/10.0";

}  // namespace dosvc_stand_in
