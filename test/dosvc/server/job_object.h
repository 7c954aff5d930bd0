// SPDX-License-Identifier: MIT
//
// A job as clients see it.
#pragma once

#include <memory>

#include "com/pointer.h"
#include "jobs/job.h"

namespace dosvc_stand_in {

class Job;

dosvc::com::ComPtr<dosvc::abi::IBackgroundCopyJob> MakeJobObject(std::shared_ptr<Job> job);

}  // namespace dosvc_stand_in
