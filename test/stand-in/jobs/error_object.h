// SPDX-License-Identifier: MIT
//
// The COM object that clients get for a job's error: a snapshot taken when they ask for it.
#pragma once

#include <memory>

#include "com/pointer.h"
#include "jobs/error.h"

namespace dosvc_stand_in {

class Job;

// Fails with DO_E_ERROR_INFORMATION_UNAVAILABLE if the job is not in error.
HRESULT MakeErrorObject(const std::shared_ptr<Job>& job,
                        dosvc::com::ComPtr<dosvc::abi::IBackgroundCopyError>& error);

}  // namespace dosvc_stand_in
