// SPDX-License-Identifier: MIT
//
// How the user of this process is logged on, by the groups in the process's token.
// https://learn.microsoft.com/windows/win32/secauthz/well-known-sids

#include <windows.h>

#include <array>

#include "system/readings.h"

namespace dosvc::system {
namespace {

// Whether the group, or the user, is in the token and enabled there.
bool IsMember(WELL_KNOWN_SID_TYPE type) {
  alignas(SID) std::array<BYTE, SECURITY_MAX_SID_SIZE> sid{};
  auto size = static_cast<DWORD>(sid.size());
  BOOL member = FALSE;
  return CreateWellKnownSid(type, nullptr, sid.data(), &size) != FALSE &&
         CheckTokenMembership(nullptr, sid.data(), &member) != FALSE && member != FALSE;
}

}  // namespace

Outcome ReadSession() {
  DWORD session = 0;
  if (ProcessIdToSessionId(GetCurrentProcessId(), &session) == FALSE) {
    return FailWith(GetLastError());
  }
  const bool system_account =
      IsMember(WinLocalSystemSid) || IsMember(WinLocalServiceSid) || IsMember(WinNetworkServiceSid);
  return Done(Record{{"session", static_cast<double>(session)},
                     {"interactive", IsMember(WinInteractiveSid)},
                     {"administrator", IsMember(WinBuiltinAdministratorsSid)},
                     {"systemAccount", system_account}});
}

}  // namespace dosvc::system
