// SPDX-License-Identifier: MIT
//
// Installs and removes the service: its entries with the service manager and with COM.
#pragma once

#include "stand-in/process/options.h"

namespace dosvc_stand_in {

// Each returns 0, or the first failure as an HRESULT or a Win32 error.
long InstallService(const Options& options);
// Succeeds even if nothing is installed. The process has ended when it returns.
long StopService();
long UninstallService(const Options& options);

}  // namespace dosvc_stand_in
