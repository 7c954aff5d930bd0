// SPDX-License-Identifier: MIT
//
// Recognises the HRESULT of a call that failed because its object is gone: the process has ended,
// or the object in it is disconnected. Wine's COM answers RPC_S_UNKNOWN_IF if the process has no
// other object with the interface.
#pragma once

#include <windows.h>

namespace dosvc_stand_in {

inline bool IsGone(HRESULT hr) {
  return hr == RPC_E_DISCONNECTED || hr == RPC_E_SERVER_DIED || hr == RPC_E_SERVER_DIED_DNE ||
         hr == CO_E_OBJNOTCONNECTED || hr == HRESULT_FROM_WIN32(RPC_S_SERVER_UNAVAILABLE) ||
         hr == HRESULT_FROM_WIN32(RPC_S_CALL_FAILED) ||
         hr == HRESULT_FROM_WIN32(RPC_S_CALL_FAILED_DNE) ||
         hr == HRESULT_FROM_WIN32(RPC_S_UNKNOWN_IF);
}

}  // namespace dosvc_stand_in
