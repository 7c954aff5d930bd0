// SPDX-License-Identifier: MIT
//
// A file of a job as clients see it.
#pragma once

#include <cstddef>
#include <memory>

#include "com/pointer.h"
#include "jobs/file.h"

namespace dosvc_stand_in {

class Job;

// `index`: of the job's files, which stay where they are.
dosvc::com::ComPtr<dosvc::abi::IBackgroundCopyFile> MakeFileObject(std::shared_ptr<Job> job,
                                                                   std::size_t index);

}  // namespace dosvc_stand_in
