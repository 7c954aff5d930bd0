// SPDX-License-Identifier: MIT
//
// The class that activates the recorder. It is registered in this process's multithreaded
// apartment, so that the apartment's threads get its object without a proxy, although they ask for
// a local server.
#pragma once

#include <windows.h>

#include <cstdint>

namespace recorder {

// [JS] Each activation returns the object that was last made the root.
HRESULT RegisterClass(REFCLSID clsid);
void SetRoot(std::uint32_t number);

}  // namespace recorder
