// SPDX-License-Identifier: MIT
//
// The properties of a file by DOFilePropertyId.
// DOC: learn.microsoft.com/windows/win32/delivery_optimization/deliveryoptimizationfileproperty
#pragma once

#include <oaidl.h>

#include "stand-in/jobs/record.h"

namespace dosvc_stand_in {

HRESULT GetFileProperty(const FileRecord& file, dosvc::abi::DOFilePropertyId id, VARIANT* value);
HRESULT SetFileProperty(FileRecord& file, dosvc::abi::DOFilePropertyId id, const VARIANT& value);

}  // namespace dosvc_stand_in
