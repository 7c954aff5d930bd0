// SPDX-License-Identifier: MIT
//
// What an HTTP status or an error of WinHTTP means for a transfer: its HRESULT, and whether it is
// worth another try.
#pragma once

#include <windows.h>

#include "stand-in/transfer/transfer.h"

namespace dosvc_stand_in {

Result Transient(std::uint32_t hresult);
Result Failed(std::uint32_t hresult);
Result LocalFailure(HRESULT hr);

Result OfStatus(DWORD status);

// `insecure`: WINHTTP_CALLBACK_STATUS_FLAG_…, where WinHTTP said what was wrong with TLS.
Result OfWinHttp(DWORD error, DWORD insecure);

}  // namespace dosvc_stand_in
