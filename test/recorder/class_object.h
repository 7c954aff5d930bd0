// SPDX-License-Identifier: MIT
//
// The class under which the recorder is found: registered in this process's multithreaded
// apartment, whose threads then get its object without a proxy, although they ask for a local
// server.
#pragma once

#include <windows.h>

#include <cstdint>

namespace recorder {

// [JS] Each activation gives the object that was last made the root.
HRESULT RegisterClass(REFCLSID clsid);
void SetRoot(std::uint32_t number);

}  // namespace recorder
