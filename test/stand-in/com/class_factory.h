// SPDX-License-Identifier: MIT
//
// A class factory that creates instances by calling a function.
#pragma once

#include <unknwn.h>

#include <functional>

#include "com/pointer.h"

namespace dosvc_stand_in {

// Returns an interface of a new instance, as IClassFactory::CreateInstance does.
using MakeInstance = std::function<HRESULT(REFIID iid, void** object)>;

dosvc::com::ComPtr<IClassFactory> MakeClassFactory(MakeInstance make);

}  // namespace dosvc_stand_in
