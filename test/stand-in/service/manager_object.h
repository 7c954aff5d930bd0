// SPDX-License-Identifier: MIT
//
// The manager: the object that a client activates and through which it reaches jobs and downloads.
// DOC: IBackgroundCopyManager,
// learn.microsoft.com/windows/win32/delivery_optimization/ibackgroundcopymanager
#pragma once

#include "com/pointer.h"
#include "jobs/manager.h"

namespace dosvc_stand_in {

class Service;

dosvc::com::ComPtr<IUnknown> MakeManagerObject(Service& service);

}  // namespace dosvc_stand_in
