// SPDX-License-Identifier: MIT
//
// The error of a job as clients see it: as it was when they asked.
#pragma once

#include <memory>

#include "com/pointer.h"
#include "jobs/error.h"

namespace dosvc_stand_in {

class Job;

// DO_E_ERROR_INFORMATION_UNAVAILABLE where the job is not in error.
HRESULT MakeErrorObject(const std::shared_ptr<Job>& job,
                        dosvc::com::ComPtr<dosvc::abi::IBackgroundCopyError>& error);

}  // namespace dosvc_stand_in
