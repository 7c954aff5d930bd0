// SPDX-License-Identifier: MIT
//
// The files of a job, one after another: those that it had when it was asked.
// DOC: IEnumBackgroundCopyFiles,
// learn.microsoft.com/windows/win32/delivery_optimization/ienumbackgroundcopyfiles
#pragma once

#include <memory>

#include "com/pointer.h"
#include "jobs/file.h"

namespace dosvc_stand_in {

class Job;

dosvc::com::ComPtr<dosvc::abi::IEnumBackgroundCopyFiles> MakeFilesEnumerator(
    std::shared_ptr<Job> job);

}  // namespace dosvc_stand_in
