// SPDX-License-Identifier: MIT
//
// Makes the instances of a class.
#pragma once

#include <unknwn.h>

#include <functional>

#include "com/pointer.h"

namespace dosvc_stand_in {

// Gives a new instance's interface, as IClassFactory::CreateInstance does.
using MakeInstance = std::function<HRESULT(REFIID iid, void** object)>;

dosvc::com::ComPtr<IClassFactory> MakeClassFactory(MakeInstance make);

}  // namespace dosvc_stand_in
