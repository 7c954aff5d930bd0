// SPDX-License-Identifier: MIT
//
// Gives a class of the service to COM.
#pragma once

#include <windows.h>

#include <functional>

#include "com/pointer.h"

namespace dosvc_stand_in {

using MakeInstance = std::function<dosvc::com::ComPtr<IUnknown>()>;

HRESULT RegisterClass(REFCLSID clsid, MakeInstance make);

}  // namespace dosvc_stand_in
