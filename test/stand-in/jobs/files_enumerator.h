// SPDX-License-Identifier: MIT
//
// Enumerates the files that a job had when the enumerator was created.
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
