// SPDX-License-Identifier: MIT
//
// The COM object that clients get for a file of a job.
#pragma once

#include <cstddef>
#include <memory>

#include "com/pointer.h"
#include "jobs/file.h"

namespace dosvc_stand_in {

class Job;

// `index` is the file's position in the job, which never changes.
dosvc::com::ComPtr<dosvc::abi::IBackgroundCopyFile> MakeFileObject(std::shared_ptr<Job> job,
                                                                   std::size_t index);

}  // namespace dosvc_stand_in
