// SPDX-License-Identifier: MIT
//
// The COM object that clients get for a job.
#pragma once

#include <memory>

#include "com/pointer.h"
#include "jobs/job.h"

namespace dosvc_stand_in {

class Job;

dosvc::com::ComPtr<dosvc::abi::IBackgroundCopyJob> MakeJobObject(std::shared_ptr<Job> job);

}  // namespace dosvc_stand_in
