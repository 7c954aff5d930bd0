// SPDX-License-Identifier: MIT
//
// The User-Agent that the service sends to HTTP servers.
#pragma once

namespace dosvc_stand_in {

constexpr wchar_t kUserAgent[] = L"Microsoft-Delivery-Optimization/10.0";

}  // namespace dosvc_stand_in
