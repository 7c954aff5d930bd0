// SPDX-License-Identifier: MIT
//
// What the network may cost. The cost manager of the network list, which older versions of Windows
// have as well, is a COM object: a call to it would fix the COM security of the process.
// https://learn.microsoft.com/windows/win32/api/netioapi/nf-netioapi-getnetworkconnectivityhint

#include <windows.h>

#include "system/late_library.h"
#include "system/readings.h"

namespace dosvc::system {
namespace {

// NL_NETWORK_CONNECTIVITY_HINT, which mingw-w64's headers lack.
struct Hint {
  int level;
  int cost;
  BOOLEAN approaching_limit;
  BOOLEAN over_limit;
  BOOLEAN roaming;
};
using ReadHint = DWORD(WINAPI*)(Hint*);

}  // namespace

Outcome ReadNetwork() {
  const LateLibrary library(L"iphlpapi.dll");
  const auto read = library.Find<ReadHint>("GetNetworkConnectivityHint");
  if (read == nullptr) return FailWith(ERROR_PROC_NOT_FOUND);
  Hint hint{};
  const auto error = read(&hint);
  if (error != NO_ERROR) return FailWith(error);
  return Done(Record{{"level", static_cast<double>(hint.level)},
                     {"cost", static_cast<double>(hint.cost)},
                     {"overLimit", hint.over_limit != FALSE},
                     {"roaming", hint.roaming != FALSE}});
}

}  // namespace dosvc::system
