// SPDX-License-Identifier: MIT
//
// The service's entries in the system: with the service manager, and with COM.
#pragma once

#include "server/options.h"

namespace dosvc_stand_in {

// Each gives 0, or what failed first as an HRESULT or a Win32 error.
long InstallService(const Options& options);
// Also where nothing is installed. The process is gone when it returns.
long StopService();
long UninstallService(const Options& options);

}  // namespace dosvc_stand_in
