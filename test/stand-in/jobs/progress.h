// SPDX-License-Identifier: MIT
//
// The progress of files and jobs.
#pragma once

#include "jobs/structs.h"
#include "stand-in/jobs/record.h"

namespace dosvc_stand_in {

// DOC: BG_FILE_PROGRESS,
// learn.microsoft.com/windows/win32/delivery_optimization/bg-file-progress
dosvc::abi::BG_FILE_PROGRESS ProgressOf(const FileRecord& file);

// DOC: BG_JOB_PROGRESS, learn.microsoft.com/windows/win32/delivery_optimization/bg-job-progress
dosvc::abi::BG_JOB_PROGRESS ProgressOf(const JobRecord& job);

}  // namespace dosvc_stand_in
