// SPDX-License-Identifier: MIT
//
// The COM object through which tests control the service.
#pragma once

#include "com/pointer.h"

namespace dosvc_stand_in {

class Service;

dosvc::com::ComPtr<IUnknown> MakeControlObject(Service& service);

}  // namespace dosvc_stand_in
